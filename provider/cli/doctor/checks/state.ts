/** Do the resources in the stack's state belong to the app that the settings name? */
import { WrongAppError } from "../../../chat/errors/index.js";
import { PulumiStacks } from "../../pulumi-stacks.js";
import type { Check } from "../check.js";
import { failed, failedWith, notChecked, ok } from "../outcome.js";

/** Resources whose settings are not the stack's, but those of a provider of their own, are left out. */
const DEFAULT_PROVIDER = /::default(_[^:]*)?::/;

export const state: Check = {
  name: "state",
  needs: ["settings"],
  async run({ asked, settings }) {
    if (asked.stack === undefined) return notChecked("no stack is named (--stack)");
    const { sdkAppId } = await settings();
    try {
      const resources = (await new PulumiStacks(asked.cwd).resources(asked.stack)).filter(
        ({ type, provider }) =>
          type.startsWith("pulumi-nodejs:dynamic/tencent-chat:") && DEFAULT_PROVIDER.test(provider),
      );
      const other = resources.find(
        ({ outputs }) => typeof outputs.sdkAppId === "number" && outputs.sdkAppId !== sdkAppId,
      );
      if (other === undefined) return ok(`resources of app ${sdkAppId}: ${resources.length}`);
      return failedWith(
        new WrongAppError(String(other.urn.split("::").at(-1)), Number(other.outputs.sdkAppId), sdkAppId),
      );
    } catch (error) {
      return failed((error as Error).message);
    }
  },
};
