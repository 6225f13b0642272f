/**
 * The operations on a kind of object that is made up here: a role with a name and a colour, kept in memory. It is no
 * topic and stands in no community, and the operations ask for nothing that its `ObjectKind` does not tell.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { ChatError, NotFoundError, serviceError } from "../../../provider/chat/errors/index.js";
import { AdoptionRefusedError } from "../../../provider/lifecycle/errors/index.js";
import type { Progress } from "../../../provider/lifecycle/failure.js";
import { planTextChanges } from "../../../provider/lifecycle/field-changes.js";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import type { ObjectKind, ObjectSpec } from "../../../provider/lifecycle/objects/object-kind.js";
import { ObjectOperations } from "../../../provider/lifecycle/objects/object-operations.js";
import type { AdoptPolicy, RemovePolicy } from "../../../provider/lifecycle/policies.js";
import { failureOf } from "../../chat/test-app.js";
import { offline } from "../run-context.js";

interface RoleSpec extends ObjectSpec {
  /** Undefined where the service assigns the id. */
  readonly roleId?: string | undefined;
  readonly name: string;
  /** An import cannot set it. */
  readonly colour?: string | undefined;
}

interface LiveRole {
  readonly name: string;
  readonly colour: string;
  readonly members: number;
}

class RoleError extends ChatError {
  readonly code = "ROLE";
}

/** What the service answers with such a code. */
function verdict(serviceCode: number, outcomeUnknown = false): ChatError {
  const attempts = { count: 2, outcomeUnknown };
  return serviceError({ command: "import_group", subject: "role", serviceCode, vendorText: "", attempts });
}

const ALREADY_THERE = 10021;
const GONE = 10010;
const ACCIDENT = 10002;
const NOT_PERMITTED = 10007;

/** The service that holds the roles. */
class RoleService {
  readonly roles = new Map<string, LiveRole>();
  readonly calls: string[] = [];
  /** How a call ends that does nothing: by its name. */
  readonly refusals = new Map<string, ChatError>();
  readonly locked = new Set<string>();
  clearsColours = true;

  call<T>(name: string, id: string, answer: () => T): T {
    this.calls.push(`${name} ${id}`);
    const refusal = this.refusals.get(name);
    if (refusal !== undefined) throw refusal;
    return answer();
  }

  change(name: string, id: string, changes: Partial<LiveRole>): void {
    this.call(name, id, () => {
      const role = this.roles.get(id);
      if (role === undefined) throw verdict(GONE);
      this.roles.set(id, { ...role, ...changes });
    });
  }
}

let service: RoleService;
let context: LifecycleContext;
beforeEach(() => {
  service = new RoleService();
  context = offline();
});

const TEXTS = ["name", "colour"] as const;

const ROLE_KIND: ObjectKind<RoleSpec, LiveRole> = {
  noun: "role",
  nouns: "roles",
  otherId: "another role id",
  setAfterImport: ["colour"],

  describe: (id) => `Role "${id}"`,
  shortName: (id) => `"${id}"`,
  idOf: ({ roleId }) => roleId,
  isAssigned: (id) => id.startsWith("assigned-"),
  plan: (from, to) => planTextChanges(TEXTS, from, to),
  asImported: (spec) => (spec.colour === undefined ? spec : { ...spec, colour: "" }),
  asLive: (spec, { name, colour }) => ({ ...spec, name, ...(spec.colour !== undefined && { colour }) }),

  read: async (_, { id }) => service.call("read", id, () => service.roles.get(id)),
  async import(_, { roleId, name }) {
    const id = roleId ?? `assigned-${service.roles.size + 1}`;
    return service.call("import", id, () => {
      if (service.roles.has(id)) throw verdict(ALREADY_THERE);
      service.roles.set(id, { name, colour: "", members: 0 });
      return id;
    });
  },
  async changeCalls(_, { id }, { name, colour }) {
    const paint = async () => {
      if (colour === undefined || (colour === "" && !service.clearsColours)) service.change("paint", id, {});
      else service.change("paint", id, { colour });
    };
    const rename = async () => service.change("rename", id, name === undefined ? {} : { name });
    return [
      ...(name === undefined ? [] : [{ names: ["name"] as const, undone: "not renamed", send: rename }]),
      ...(colour === undefined ? [] : [{ names: ["colour"] as const, undone: "not painted", send: paint }]),
    ];
  },
  destroy: async (_, { id }) => service.call("destroy", id, () => void service.roles.delete(id)),

  async contents(_context, _ref, { members }) {
    const uses = members > 0 ? [`it has ${members} members`] : [];
    return { uses, adoptedWith: members > 0 ? `, with ${members} members` : "" };
  },
  async assertUnused(_context, { id }, { members }) {
    if (members > 0) throw new RoleError({ subject: `Role "${id}"`, problem: " has members" });
  },
  async assertDestroyable(_context, { id }) {
    if (service.locked.has(id)) throw new RoleError({ subject: `Role "${id}"`, problem: " is locked" });
  },

  missingError: (_, id, remedy) => new RoleError({ subject: `Role "${id}"`, problem: " is missing", remedy }),
  outcomeUnknownError: ({ name }) => new RoleError({ subject: `Role ${name}`, problem: " may be there or not" }),
  assignedIdRemedy: "choose an id of your own",
  reimported: { one: "deleted and was imported anew.", several: "deleted and were imported anew." },
};

const CREW: RoleSpec = { groupId: "", roleId: "crew", name: "Crew" };
const REF = { groupId: "", id: "crew" };

function operations(): ObjectOperations<RoleSpec, LiveRole> {
  return new ObjectOperations(context, ROLE_KIND);
}

function given(role: Partial<LiveRole> = {}, id = "crew"): void {
  service.roles.set(id, { name: "Crew", colour: "", members: 0, ...role });
}

/** How far the operation got with the role. */
function progress(what: string): Progress {
  return { subject: 'Role "crew"', what };
}

describe("create", () => {
  test("imports, and then changes what an import cannot set", async () => {
    const spec = { ...CREW, colour: "red" };
    expect(await operations().createOrAdopt(spec)).toEqual({ id: "crew", state: spec, warnings: [] });
    expect(service.calls).toEqual(["import crew", "paint crew"]);
    expect(service.roles.get("crew")).toEqual({ name: "Crew", colour: "red", members: 0 });
  });

  test("gives the id that the service assigned", async () => {
    const { roleId, ...spec } = CREW;
    expect(await operations().createOrAdopt(spec)).toMatchObject({ id: "assigned-1", state: spec });
  });

  test("keeps what was imported where the change after it fails", async () => {
    service.refusals.set("paint", verdict(NOT_PERMITTED));
    expect(await operations().createOrAdopt({ ...CREW, colour: "red" })).toEqual({
      id: "crew",
      state: { ...CREW, colour: "" },
      warnings: [],
      failure: { progress: progress("was imported, but not painted"), error: verdict(NOT_PERMITTED) },
    });
  });

  test("that may have had its effect is not repeated where the service assigns the id", async () => {
    service.refusals.set("import", verdict(ACCIDENT, true));
    const { roleId, ...spec } = CREW;
    expect((await failureOf(operations().createOrAdopt(spec))).message).toBe("Role Crew may be there or not.");
    expect(service.calls).toHaveLength(1);
  });

  test.each(["matching", "any"] as const)("looks before it imports where adopt is %s", async (adopt) => {
    await operations().createOrAdopt({ ...CREW, adopt });
    expect(service.calls).toEqual(["read crew", "import crew"]);
  });

  test("under an id that only the service gives takes over that role, and imports none", async () => {
    given({}, "assigned-7");
    const spec = { ...CREW, roleId: "assigned-7" };
    expect(await operations().createOrAdopt(spec)).toMatchObject({ id: "assigned-7", state: spec });
    expect(service.calls).toEqual(["read assigned-7"]);
    service.roles.clear();
    expect((await failureOf(operations().createOrAdopt(spec))).message).toBe(
      'Role "assigned-7" is missing. What to do: only the service can assign an id of this form; choose an id of your own.',
    );
  });
});

describe("a role that exists already", () => {
  const ROLES = {
    equal: {},
    "equal, used": { members: 3 },
    different: { name: "Other" },
    "different, used": { name: "Other", members: 3 },
    "another colour": { colour: "blue" },
  } as const;
  const TAKEN: [AdoptPolicy | undefined, (keyof typeof ROLES)[]][] = [
    [undefined, ["equal", "another colour"]],
    ["none", []],
    ["unused", ["equal", "another colour"]],
    ["matching", ["equal", "equal, used", "another colour"]],
    ["any", ["equal", "equal, used", "different", "different, used", "another colour"]],
  ];

  test.each(TAKEN)("is under adopt %s taken over where it is: %j", async (adopt, taken) => {
    for (const [name, role] of Object.entries(ROLES)) {
      given(role);
      const spec = { ...CREW, colour: "red", adopt };
      const create = operations().createOrAdopt(spec);
      if (taken.some((one) => one === name)) {
        expect(await create).toMatchObject({ id: "crew", state: spec });
        expect(service.roles.get("crew")).toMatchObject({ name: "Crew", colour: "red" });
      } else {
        expect(await failureOf(create)).toBeInstanceOf(AdoptionRefusedError);
        expect(service.roles.get("crew")).toMatchObject(role);
      }
    }
  });

  test("is told in a warning, with what was changed and what it holds", async () => {
    given({ name: "Other", members: 3 });
    const { warnings } = await operations().createOrAdopt({ ...CREW, colour: "red", adopt: "any" });
    expect(warnings).toEqual([
      {
        text: '1 role existed already and was taken over and changed (name, colour): "crew", with 3 members.',
        ofSeveral: "roles existed already and were taken over and changed (name, colour)",
      },
    ]);
  });

  test("is refused with every reason, and with what would allow it", async () => {
    given({ name: "Other", members: 3 });
    expect((await failureOf(operations().createOrAdopt(CREW))).message).toBe(
      'Role "crew" exists already, and `adopt: "unused"` does not allow taking it over: `name` is “Other” there and “Crew” ' +
        'here; it has 3 members. What to do: choose another role id, or set `adopt: "any"`.',
    );
  });

  test("because the answer to our own import was lost is taken over silently, also under adopt none", async () => {
    given();
    service.refusals.set("import", verdict(ALREADY_THERE, true));
    const spec = { ...CREW, adopt: "none" } as const;
    expect(await operations().createOrAdopt(spec)).toEqual({ id: "crew", state: spec, warnings: [] });
  });

  test("and cannot be read is missing, with the kind's own words for that", async () => {
    service.refusals.set("import", verdict(ALREADY_THERE));
    expect((await failureOf(operations().createOrAdopt(CREW))).message).toBe(
      `Role "crew" is missing. What to do: the service says nevertheless that its id is in use, as it may for a role that was destroyed; run the command again later, or choose another role id.`,
    );
  });

  test("keeps the values that it has where the change after the take-over fails", async () => {
    given({ name: "Other" });
    service.refusals.set("rename", verdict(NOT_PERMITTED));
    expect(await operations().createOrAdopt({ ...CREW, adopt: "any" })).toEqual({
      id: "crew",
      state: { ...CREW, name: "Other", adopt: "any" },
      warnings: [],
      failure: { progress: progress("was taken over, but not renamed"), error: verdict(NOT_PERMITTED) },
    });
  });
});

describe("modify", () => {
  beforeEach(() => given({ colour: "red" }));
  const RED: RoleSpec = { ...CREW, colour: "red" };

  test("sends what changed, and nothing else", async () => {
    const to = { ...RED, colour: "blue" };
    expect(await operations().modify(REF, RED, to)).toEqual({ id: "crew", state: to, warnings: [] });
    expect(service.calls).toEqual(["paint crew"]);
  });

  test("makes no call where only a policy differs, and the state has it", async () => {
    const to = { ...RED, adopt: "any" } as const;
    expect(await operations().modify(REF, RED, to)).toEqual({ id: "crew", state: to, warnings: [] });
    expect(service.calls).toEqual([]);
  });

  test("clears a text that is declared no longer, and confirms that by a read", async () => {
    expect(await operations().modify(REF, RED, CREW)).toEqual({ id: "crew", state: CREW, warnings: [] });
    expect(service.calls).toEqual(["paint crew", "read crew"]);
    expect(service.roles.get("crew")?.colour).toBe("");
  });

  test("warns of a text that the service keeps, which is then no longer tracked", async () => {
    service.clearsColours = false;
    expect(await operations().modify(REF, RED, CREW)).toEqual({
      id: "crew",
      state: CREW,
      warnings: [
        {
          text:
            'The service keeps the `colour` of role "crew" although it was told to clear it. It is no longer managed; to ' +
            "change it, declare another text.",
          ofSeveral:
            "roles keep their `colour`, although the service was told to clear it. It is no longer managed; to change it, " +
            "declare another text. They are",
        },
      ],
    });
  });

  test("tracks a text whose clearing could not be confirmed as an empty one", async () => {
    service.refusals.set("read", verdict(NOT_PERMITTED));
    const what = "was changed, but whether colour is cleared could not be confirmed";
    expect(await operations().modify(REF, RED, CREW)).toEqual({
      id: "crew",
      state: { ...CREW, colour: "" },
      warnings: [],
      failure: { progress: progress(what), error: verdict(NOT_PERMITTED) },
    });
  });

  test("keeps what its first call reached where the second one fails, with the former value of the other field", async () => {
    service.refusals.set("paint", verdict(NOT_PERMITTED));
    const to = { ...RED, name: "Team", colour: "blue", adopt: "any" } as const;
    expect(await operations().modify(REF, RED, to)).toEqual({
      id: "crew",
      state: { ...RED, name: "Team", adopt: "any" },
      warnings: [],
      failure: { progress: progress("was changed, but not painted"), error: verdict(NOT_PERMITTED) },
    });
  });

  test("does not claim a field that was not there before and whose call failed", async () => {
    given();
    service.refusals.set("paint", verdict(NOT_PERMITTED));
    const { state } = await operations().modify(REF, CREW, { ...CREW, name: "Team", colour: "blue" });
    expect(state).toEqual({ ...CREW, name: "Team" });
  });

  test("keeps what its first call reached also where the role goes before the second one", async () => {
    service.refusals.set("paint", verdict(GONE));
    const { state, failure } = await operations().modify(REF, RED, { ...RED, name: "Team", colour: "blue" });
    expect(state).toEqual({ ...RED, name: "Team" });
    expect(failure?.error).toBeInstanceOf(NotFoundError);
    expect(service.calls).toEqual(["rename crew", "paint crew"]);
  });

  test("is an error of its own where its first call fails, and reaches nothing", async () => {
    service.refusals.set("rename", verdict(NOT_PERMITTED));
    const modify = operations().modify(REF, RED, { ...RED, name: "Team", colour: "blue" });
    expect(await failureOf(modify)).toEqual(verdict(NOT_PERMITTED));
    expect(service.calls).toEqual(["rename crew"]);
  });

  test("brings back a role that somebody deleted, with everything that is declared, and says so", async () => {
    service.roles.clear();
    const to = { ...RED, name: "Team" };
    expect(await operations().modify(REF, RED, to)).toEqual({
      id: "crew",
      state: to,
      warnings: [
        {
          text: 'Role "crew" had been deleted and was imported anew.',
          ofSeveral: "roles had been deleted and were imported anew. They are",
        },
      ],
    });
    expect(service.calls).toEqual(["rename crew", "import crew", "paint crew"]);
    expect(service.roles.get("crew")).toEqual({ name: "Team", colour: "red", members: 0 });
  });

  test("cannot bring back a role whose id the service assigned, and says how to go on", async () => {
    service.roles.clear();
    const { roleId, ...spec } = RED;
    const modify = operations().modify({ groupId: "", id: "assigned-1" }, spec, { ...spec, name: "Team" });
    expect((await failureOf(modify)).message).toBe(
      'Role "assigned-1" is missing. What to do: it was deleted outside of Pulumi; run `pulumi refresh`, then `pulumi ' +
        "up`, which makes a new one.",
    );
  });
});

describe("destroy", () => {
  const LOOK_AND_DESTROY = ["read crew", "destroy crew"];

  test.each<[RemovePolicy | undefined, "unused" | "used" | "gone", "goes" | "stays" | "is refused", string[]]>([
    [undefined, "unused", "goes", LOOK_AND_DESTROY],
    [undefined, "used", "is refused", ["read crew"]],
    ["unused", "unused", "goes", LOOK_AND_DESTROY],
    ["unused", "used", "is refused", ["read crew"]],
    ["unused", "gone", "goes", ["read crew"]],
    ["destroy", "unused", "goes", ["destroy crew"]],
    ["destroy", "used", "goes", ["destroy crew"]],
    ["destroy", "gone", "goes", ["destroy crew"]],
    ["retain", "used", "stays", []],
  ])("under onRemove %s, a role that is %s: %s", async (onRemove, condition, outcome, calls) => {
    if (condition !== "gone") given({ members: condition === "used" ? 3 : 0 });
    const destroy = operations().destroy(REF, onRemove);
    if (outcome === "is refused") expect((await failureOf(destroy)).message).toBe('Role "crew" has members.');
    else expect(await destroy).toEqual({ warnings: [] });
    expect(service.roles.has("crew")).toBe(outcome !== "goes");
    expect(service.calls).toEqual(calls);
  });

  test.each(["unused", "destroy"] as const)(
    "under onRemove %s leaves a role that another resource declares",
    async (onRemove) => {
      given();
      context.declarations.declare(
        ["crew"],
        "urn:pulumi:dev::p::pulumi-nodejs:dynamic/tencent-chat:Role::other",
        String,
      );
      expect(await operations().destroy(REF, onRemove)).toEqual({
        warnings: [
          {
            text: 'Role "crew" was not destroyed: Role "other" declares it now.',
            ofSeveral: 'roles were not destroyed, since Role "other" declares them now',
          },
        ],
      });
      expect(service.calls).toEqual([]);
    },
  );

  test.each(["unused", "destroy"] as const)(
    "under onRemove %s is refused by what the kind forbids",
    async (onRemove) => {
      given();
      service.locked.add("crew");
      expect((await failureOf(operations().destroy(REF, onRemove))).message).toBe('Role "crew" is locked.');
      expect(service.calls).toEqual([]);
    },
  );
});
