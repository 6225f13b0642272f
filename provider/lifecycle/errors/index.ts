export { AdoptionRefusedError } from "./adoption-refused-error.js";
export { CommunityInUseError } from "./community-in-use-error.js";
export { HandoverRefusedError } from "./handover-refused-error.js";
export { MissingCommunityError } from "./missing-community-error.js";
export { MissingTopicError } from "./missing-topic-error.js";
export { OutcomeUnknownError } from "./outcome-unknown-error.js";
export { PartialFailureError } from "./partial-failure-error.js";
export { TopicInUseError } from "./topic-in-use-error.js";
