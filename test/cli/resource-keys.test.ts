/** How resources are told apart, named and shown, by their URNs. */
import { describe, expect, test } from "vitest";
import { isNamed, nameOfResource, resourceKeyOf, shownNames } from "../../provider/cli/resource-keys.js";
import { CHAT_TOPIC_TYPE } from "../../provider/resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../provider/resources/chat-topic-set.js";

const key = (types: string, name = "topics", stack = "dev", project = "proj") =>
  resourceKeyOf(`urn:pulumi:${stack}::${project}::${types}::${name}`);

const SET = key(CHAT_TOPIC_SET_TYPE);
const IN_COMPONENT = key(`my:mod:Comp$${CHAT_TOPIC_SET_TYPE}`);
const DEEPER = key(`my:mod:Outer$my:mod:Comp$${CHAT_TOPIC_SET_TYPE}`);
const SINGLE = key(CHAT_TOPIC_TYPE);

describe("the key of a resource", () => {
  test("is its types and its name", () => {
    expect(IN_COMPONENT).toBe("my:mod:Comp$pulumi-nodejs:dynamic/tencent-chat:ChatTopicSet::topics");
  });

  test("is the same in every stack and project", () => {
    expect(key(CHAT_TOPIC_SET_TYPE, "topics", "prod", "another")).toBe(SET);
  });

  test("differs by the components that it is in, and by its own type", () => {
    expect(new Set([SET, IN_COMPONENT, DEEPER, SINGLE]).size).toBe(4);
  });

  test.each(["topics", "a::b", "::", "my$topics"])("has its whole name: %s", (name) => {
    expect(nameOfResource(key(`my:mod:Comp$${CHAT_TOPIC_SET_TYPE}`, name))).toBe(name);
  });
});

describe("a resource is shown", () => {
  const shown = (...keys: string[]) => [...shownNames(keys).values()];

  test("by its name where no other has it, in a component as well", () => {
    expect(shown(IN_COMPONENT, key(CHAT_TOPIC_SET_TYPE, "others"), IN_COMPONENT)).toEqual(["topics", "others"]);
  });

  test("with its components where others have its name; at the top of the program by the name still", () => {
    expect(shown(SET, IN_COMPONENT, DEEPER)).toEqual([
      "topics",
      "my:mod:Comp::topics",
      "my:mod:Outer$my:mod:Comp::topics",
    ]);
  });

  test("with its type where only that differs", () => {
    expect(shown(SET, SINGLE)).toEqual([SET, SINGLE]);
  });

  test("never by what another one is called", () => {
    const disguised = key(CHAT_TOPIC_SET_TYPE, "my:mod:Comp::topics");
    expect(new Set(shown(SET, IN_COMPONENT, disguised)).size).toBe(3);
  });
});

test("a resource is meant by its name, by its name with its components, and by its key", () => {
  for (const text of ["topics", "my:mod:Comp::topics", IN_COMPONENT]) expect(isNamed(IN_COMPONENT, text)).toBe(true);
  for (const text of ["topic", "Comp::topics", SET]) expect(isNamed(IN_COMPONENT, text)).toBe(false);
});
