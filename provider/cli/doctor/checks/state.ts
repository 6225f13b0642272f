/** Do the resources in the stack's state belong to the app that the settings name? */
import { WrongAppError } from "../../../lifecycle/errors/index.js";
import { PulumiStacks, type StateResource } from "../../pulumi-stacks.js";
import { nameOfResource, resourceKeyOf, shownNames } from "../../resource-keys.js";
import type { Check } from "../check.js";
import { failed, failedWith, notChecked, ok } from "../check-result.js";

/**
 * What the engine calls a provider that it makes itself: `default`, or `default_3_270_0` for a version.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/providers/provider.go
 */
const DEFAULT_PROVIDER_NAME = /^default(_\d+_\d+_\d+.*)?$/;

export const state: Check = {
  name: "state",
  needs: ["settings"],
  async run({ options, settings }) {
    if (options.stack === undefined) return notChecked("no stack is named (--stack)");
    const { sdkAppId } = await settings();
    try {
      const all = await new PulumiStacks(options.cwd).resources(options.stack);
      const resources = new Map(
        all.filter(hasSettingsOfStack).map((resource) => [resourceKeyOf(resource.urn), resource]),
      );
      const names = shownNames(resources.keys());
      for (const [key, { outputs }] of resources) {
        if (typeof outputs.sdkAppId !== "number" || outputs.sdkAppId === sdkAppId) continue;
        return failedWith(new WrongAppError(names.get(key) ?? key, outputs.sdkAppId, sdkAppId));
      }
      return ok(`resources of app ${sdkAppId}: ${resources.size}`);
    } catch (error) {
      return failed((error as Error).message);
    }
  },
};

/** Is it one of this package's resources that a `ChatApp` gives no settings of its own? */
function hasSettingsOfStack({ type, provider }: StateResource): boolean {
  // A resource refers to its provider by the provider's URN, `::` and the provider's id.
  const providerUrn = provider.slice(0, provider.lastIndexOf("::"));
  return (
    type.startsWith("pulumi-nodejs:dynamic/tencent-chat:") &&
    DEFAULT_PROVIDER_NAME.test(nameOfResource(resourceKeyOf(providerUrn)))
  );
}
