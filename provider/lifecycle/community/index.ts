/** The lifecycle of `ChatCommunity`. */
import { MissingCommunityError } from "../errors/index.js";
import { objectLifecycle } from "../objects/object-lifecycle.js";
import { checkCommunity } from "./check-community.js";
import { COMMUNITY_KIND } from "./community-kind.js";
import { COMMUNITY_SCHEMA } from "./community-spec.js";
import { diffCommunity } from "./diff-community.js";

export const communityLifecycle = objectLifecycle(COMMUNITY_KIND, {
  schema: COMMUNITY_SCHEMA,
  check: checkCommunity,
  diff: diffCommunity,
  refOf: (id) => ({ groupId: id, id }),
  stateOf: (inputs, groupId, community) => ({ ...inputs, ...community, groupId }),
  readShared: COMMUNITY_KIND.read,
  inputsOf: (state) => state,
  async lookUp(context, groupId) {
    const { sdkAppId } = context.settings();
    const live = await COMMUNITY_KIND.read(context, { groupId, id: groupId });
    if (live === undefined) {
      const remedy =
        "check the id given to `ChatCommunity.get`, and that the settings name the app that holds the community";
      throw new MissingCommunityError(groupId, sdkAppId, remedy);
    }
    const { memberNum, ...fields } = live;
    return { state: { ...fields, sdkAppId }, inputs: undefined };
  },
});
