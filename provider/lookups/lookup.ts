/**
 * Live data inside a program, in the two forms of Pulumi's functions: a promise of what is there now, and an output that
 * waits for the resources it depends on.
 *
 * The program itself asks the API. Pulumi's dynamic provider process answers no functions; and a resource that is read
 * by its id, as `ChatTopic.get` is, would put every text of a community into the state, show a row in every preview, need
 * a name of its own, and leave a program no way to ask whether a community exists. The program has the settings anyway:
 * Pulumi hands it the stack's configuration and the environment, and it made every `ChatApp` itself. They leave it only
 * towards the app. Nothing is kept: the preview, the update and every later run ask anew.
 */
import * as pulumi from "@pulumi/pulumi";
import { ChatApp, type ChatAppSettings, settingsOf } from "../resources/chat-app.js";
import { CHAT_COMMUNITY_TYPE } from "../resources/chat-community.js";
import type { Answered, Lookup } from "./ask.js";

/** What is there now. */
export async function lookUp<Answer extends object>(
  lookup: Lookup<Answer>,
  { groupId }: { readonly groupId: string },
  options: pulumi.InvokeOptions = {},
): Promise<Answered<Answer>> {
  if (isMocked()) return pulumi.runtime.invoke(tokenOf(lookup), { groupId }, options);
  const settings = settingsFor(lookup, options);
  // Beyond Pulumi's public types, and as old as its outputs. A promise of an unknown value would never end.
  if ("isKnown" in settings && !(await settings.isKnown)) {
    throw new pulumi.RunError(
      `${lookup.name} ${groupId}: an argument of its ChatApp is not known at preview. What to do: use ` +
        `\`${lookup.name}Output\`, which then waits.`,
    );
  }
  return new Promise((resolve, reject) => {
    settings.apply((given) => answer(lookup, groupId, given).then(resolve, reject));
  });
}

/** What is there once the resources behind `groupId` and `dependsOn` are; unknown at a preview before that. */
export function lookUpOutput<Answer extends object>(
  lookup: Lookup<Answer>,
  args: { readonly groupId: pulumi.Input<string> },
  options: pulumi.InvokeOutputOptions = {},
): pulumi.Output<Answered<Answer>> {
  if (isMocked()) return pulumi.runtime.invokeOutput(tokenOf(lookup), { ...args }, options);
  const groupId = pulumi.output(args.groupId);
  const behind = pulumi.output(pulumi.getAllResources(groupId).then((resources) => idsOf([...resources])));
  const named = pulumi.output(options.dependsOn).apply((given) => {
    const resources = [given ?? []].flat();
    if (resources.some(pulumi.ComponentResource.isInstance)) {
      throw new pulumi.RunError(
        `${lookup.name}: a component does not tell what is in it. What to do: give \`dependsOn\` the resources themselves.`,
      );
    }
    return idsOf(resources);
  });
  return pulumi
    .all([groupId, settingsFor(lookup, options), behind, named])
    .apply(([id, settings]) => answer(lookup, id, settings));
}

async function answer<Answer extends object>(
  lookup: Lookup<Answer>,
  groupId: string,
  settings: ChatAppSettings | undefined,
): Promise<Answered<Answer>> {
  // Keeps the program connected to the engine.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    // Not loaded by a program that looks nothing up.
    const { ask } = await import("./ask.js");
    return await ask(lookup, groupId, settings);
  } finally {
    done();
  }
}

/** Those of the `ChatApp` in charge; undefined where the stack's are. */
function settingsFor(
  { name }: Lookup<object>,
  { provider, parent }: pulumi.InvokeOptions,
): pulumi.Output<ChatAppSettings | undefined> {
  const app = provider ?? parent?.getProvider(CHAT_COMMUNITY_TYPE);
  if (app === undefined) return pulumi.output(undefined);
  if (app instanceof ChatApp) return settingsOf(app);
  throw new pulumi.RunError(`${name}: its \`provider\` is no ChatApp. What to do: give it a ChatApp.`);
}

/** Unknown while one of them is still to be made. */
function idsOf(resources: readonly pulumi.Resource[]): pulumi.Output<pulumi.ID>[] {
  return resources.filter(pulumi.CustomResource.isInstance).map(({ id }) => id);
}

/** Mocks have no app to ask: they answer themselves, as they do for the functions of any provider. */
function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

function tokenOf({ name }: Lookup<object>): string {
  return `tencent-chat:index:${name}`;
}
