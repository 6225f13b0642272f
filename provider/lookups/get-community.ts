/** `getCommunity`: a community as it is in the app, whoever made it. */
import type * as pulumi from "@pulumi/pulumi";
import type { Lookup } from "./ask.js";
import { lookUp, lookUpOutput } from "./lookup.js";

/** The arguments of {@link getCommunity}. */
export interface GetCommunityArgs {
  /** Id of the community. */
  groupId: string;
}

/** The arguments of {@link getCommunityOutput}. */
export interface GetCommunityOutputArgs {
  /** Id of the community. */
  groupId: pulumi.Input<string>;
}

/** What {@link getCommunity} gives. */
export interface GetCommunityResult {
  /** The community's id. */
  readonly groupId: string;
  /** Name that users see. */
  readonly name: string;
  /** Empty where there is none. */
  readonly introduction: string;
  /** Empty where there is none. */
  readonly notification: string;
  /** Empty where there is none. */
  readonly faceUrl: string;
  /** Undefined for a community without an owner. */
  readonly ownerAccount: string | undefined;
  /** Members, the owner among them. */
  readonly memberNum: number;
  /** The most members. */
  readonly maxMemberCount: number | undefined;
  /** True when members cannot write. */
  readonly muteAllMember: boolean;
  /** Unix seconds. */
  readonly createTime: number | undefined;
  /** The app that was asked. */
  readonly sdkAppId: number;
}

const COMMUNITY: Lookup<Omit<GetCommunityResult, "sdkAppId">> = {
  name: "getCommunity",
  ask: ({ communities }, groupId) => communities.read(groupId),
};

/**
 * Looks up a community as it is now, in the preview and again in the update. It waits for no resource of the program: use
 * {@link getCommunityOutput} for a community that the program makes.
 *
 * @param options `provider` or `parent` choose a `ChatApp`; otherwise the stack's settings count.
 * @throws `pulumi.RunError` with a `code` of the README's table, `MISSING_COMMUNITY` when there is no such community.
 *
 * Source: https://www.tencentcloud.com/document/product/1047/34961.
 *
 * @example
 * ```ts
 * import { getCommunity } from "pulumi-tencent-chat";
 *
 * export const members = getCommunity({ groupId: "@TGS#_players" }).then(({ memberNum }) => memberNum);
 * ```
 */
export function getCommunity(args: GetCommunityArgs, options?: pulumi.InvokeOptions): Promise<GetCommunityResult> {
  return lookUp(COMMUNITY, args, options);
}

/**
 * As {@link getCommunity}, but with values that are not known yet: it waits for the resources behind `groupId` and for
 * those that `dependsOn` names, and is unknown at a preview that is still to create one of them.
 *
 * @param options As for {@link getCommunity}, and `dependsOn`.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { getCommunityOutput } from "pulumi-tencent-chat";
 *
 * const groupId = new pulumi.StackReference("acme/communities/prod").requireOutput("groupId");
 * export const members = getCommunityOutput({ groupId }).memberNum;
 * ```
 */
export function getCommunityOutput(
  args: GetCommunityOutputArgs,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetCommunityResult> {
  return lookUpOutput(COMMUNITY, args, options);
}
