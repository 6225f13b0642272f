/**
 * Inputs that no program writes. Sets and communities keep `__urn` in their state as well: a delete warns on the right row. `__urn` gives the provider process the resource's name, which is the default topic key,
 * and its row in Pulumi's output; a single topic's check takes it out again, so that it does not reach the state, unless the
 * service assigns the topic's id: then its diff needs it.
 */
import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that the resource will get. A plain promise: as an output it would make the resource depend on its parent,
 * and through a component on its own siblings.
 */
export function ownUrn(name: string, type: string, options: pulumi.ResourceOptions | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, options?.parent).apply(resolve);
  });
}
