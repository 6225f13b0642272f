/**
 * Runs the program on Pulumi's mocks: no engine, no provider, no network. The mocks note what it declares, and answer
 * with the ids that the provider would give.
 */
import * as pulumi from "@pulumi/pulumi";

/** The arguments of every resource that the program declares in a stack, by the resource's name. */
export type Declared = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export async function declaredIn(stack: string): Promise<Declared> {
  const declared: Record<string, Record<string, unknown>> = {};
  const mocks: pulumi.runtime.Mocks = {
    newResource({ name, type, inputs }) {
      declared[name] = inputs;
      const groupId = inputs.groupId ?? `@TGS#_${name}`;
      const topicId = inputs.topicId ?? `${groupId}@TOPIC#_${inputs.topicKey ?? name}`;
      const id = type.endsWith(":ChatTopic") ? topicId : groupId;
      return { id, state: { ...inputs, groupId, topicId } };
    },
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "unit-tests", stack);
  // A module runs once for each text by which it is imported.
  await import(`./index.ts?stack=${stack}-${++runs}`);
  await pulumi.runtime.disconnect();
  return declared;
}

let runs = 0;
