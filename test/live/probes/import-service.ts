import type { Service } from "../../../provider/chat/commands.js";
import { oneOf, type Probe, rule, verdictOf } from "./probe.js";

const SERVICES: readonly Service[] = ["group_open_http_svc", "million_group_open_http_svc"];

/** Comes first: the probes after it import topics on the service that it found. */
export const importService: Probe = {
  question: "On which service is import_topic?",
  how: "import_topic of a topic of its own on each of the two",
  ask: async (app) => {
    const groupId = await app.makeCommunity("import");
    const verdicts: string[] = [];
    const serving: Service[] = [];
    for (const [index, service] of SERVICES.entries()) {
      const answer = await app.importTopic(groupId, `t${index}`, {}, { service });
      if (answer.ErrorCode === 0) serving.push(service);
      verdicts.push(`${service}: ${verdictOf(answer)}`);
    }
    const [only, both] = serving;
    if (only !== undefined && !serving.includes(app.settings.importService)) {
      app.settings = { ...app.settings, importService: only };
    }
    return { answer: verdicts.join("; "), ...rule("importService", both ? "both" : only) };
  },
};

export const unknownCommand: Probe = {
  question: "Which code has a call to a service that does not exist?",
  how: "import_topic on no_such_http_svc",
  ask: async (app) => {
    const groupId = await app.makeCommunity("unknown");
    const answer = await app.importTopic(groupId, "t", {}, { service: "no_such_http_svc" });
    return { answer: verdictOf(answer), ...rule("unknownCommandCode", oneOf([60009, 10003], answer.ErrorCode)) };
  },
};
