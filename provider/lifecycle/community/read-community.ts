/** Read: the live values of the fields that the state tracks; or, for `ChatCommunity.get`, everything. */
import { MissingCommunityError } from "../errors/index.js";
import type { LifecycleContext, Properties, ReadResult } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { liveValues, nameOfCommunity } from "./fields.js";

export async function readCommunity(
  context: LifecycleContext,
  id: string,
  old: Properties,
): Promise<ReadResult | undefined> {
  const { sdkAppId } = context.settings();
  refuseOtherApp(nameOfCommunity(id), old, context.settings());
  const live = await (await context.communities()).read(id);

  // A refresh passes the former outputs, `get` only what the program gave.
  if (!("sdkAppId" in old)) {
    if (live === undefined) {
      throw new MissingCommunityError(
        id,
        sdkAppId,
        "check the id given to `ChatCommunity.get`, and that the settings name the app that holds the community",
      );
    }
    const { memberNum, ...fields } = live;
    return { outputs: { ...fields, sdkAppId }, inputs: old };
  }
  if (live === undefined) return undefined;
  const outputs = { ...old, ...liveValues(old, live) };
  return { outputs, inputs: outputs };
}
