/** Accounts: who may be owner, and what `From_Account` takes. */
import { oneOf, type Probe, rule, verdictOf } from "./probe.js";

export const nonMemberOwner: Probe = {
  question: "Which code has a new owner who is no member?",
  how: "change_group_owner of a community without members to the admin account",
  ask: async (app) => {
    const groupId = await app.makeCommunity("owner");
    const answer = await app.call("change_group_owner", {
      GroupId: groupId,
      NewOwner_Account: app.settings.adminAccount,
    });
    return { answer: verdictOf(answer), ...rule("nonMemberOwnerCode", oneOf([10007, 10004], answer.ErrorCode)) };
  },
};

export const sameOwner: Probe = {
  question: "What becomes of a change of owner to the present owner?",
  how: "change_group_owner of a community of the admin account to the admin account",
  ask: async (app) => {
    const owner = app.settings.adminAccount;
    const groupId = await app.makeCommunity("same", { Owner_Account: owner });
    const answer = await app.call("change_group_owner", { GroupId: groupId, NewOwner_Account: owner });
    return {
      answer: verdictOf(answer),
      ...rule("sameOwner", answer.ErrorCode === 0 ? "accepted" : answer.ErrorCode === 10004 ? "refused" : undefined),
    };
  },
};

export const readingAccount: Probe = {
  question: "Must the From_Account of get_topic be a member of the community?",
  how: "get_topic by the admin account, in a community without members",
  ask: async (app) => {
    const groupId = await app.makeCommunity("reader");
    const topicId = await app.makeTopic(groupId, "t");
    const [item] = await app.topicItems(groupId, [topicId]);
    if (item === undefined) return { answer: "yes: the topic is not shown" };
    return { answer: item.ErrorCode === 0 || item.ErrorCode === undefined ? "no" : `yes: ${verdictOf(item)}` };
  },
};

export const textAccount: Probe = {
  question: "Does From_Account accept a string?",
  how: "import_topic by the admin account, given as a string",
  ask: async (app) => {
    const groupId = await app.makeCommunity("string");
    const answer = await app.importTopic(groupId, "t", { From_Account: app.settings.adminAccount });
    return { answer: answer.ErrorCode === 0 ? "yes" : verdictOf(answer) };
  },
};

export const numericAccount: Probe = {
  question: "Does From_Account accept a number?",
  how: "import_topic by an account that is given as the number 1",
  ask: async (app) => {
    const groupId = await app.makeCommunity("number");
    const answer = await app.importTopic(groupId, "t", { From_Account: 1 });
    // A number that is taken for an account leads on to the question whether there is such an account.
    const taken = answer.ErrorCode === 0 || answer.ErrorCode === 10019;
    const value = taken ? "accepted" : answer.ErrorCode === 60015 ? "refused" : undefined;
    return { answer: verdictOf(answer), ...rule("numericAccounts", value) };
  },
};

export const unknownAccount: Probe = {
  question: "Does From_Account have to be an account that the app knows?",
  how: "import_topic by an account that nobody has imported",
  ask: async (app) => {
    const groupId = await app.makeCommunity("nobody");
    const answer = await app.importTopic(groupId, "t", { From_Account: "nobody-of-this-name" });
    const value = answer.ErrorCode === 0 ? "accepted" : answer.ErrorCode === 10019 ? "refused" : undefined;
    return { answer: answer.ErrorCode === 0 ? "no" : `yes: ${verdictOf(answer)}`, ...rule("unknownAccounts", value) };
  },
};
