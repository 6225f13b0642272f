/** Communities that an export must get right whatever is in them: for single tests by name, for properties at random. */
import fc from "fast-check";
import { BYTE_LIMITS } from "../../../provider/chat/limits.js";
import type { LiveTopic } from "../../../provider/chat/topic.js";
import type { ExportSource } from "../../../provider/cli/export/export-source.js";
import { GROUP, idOf, SDK_APP_ID } from "../../chat/test-app.js";

/** Texts that break a careless program text. */
export const AWKWARD_TEXTS = [
  'double "quotes"',
  "single 'quotes'",
  `both "of" 'them'`,
  `\`backticks\` and \${process.exit(1)}`,
  "back\\slash \\u0041 \\",
  "one line\nand another\r\nand one more",
  "*/ throw 1; /*",
  "</script><script>",
  "// no comment",
  "line\u2028separators\u2029",
  "control \u0001\u0008\u001b\u007f\u0085",
  "right to left: שלום \u202eabc\u202c مرحبا",
  "emoji 👩‍💻🎨🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "\ufeffbyte order mark",
  "新手入门与常见问题集",
  "__proto__",
  " spaces around ",
  "$&$1$$",
];

/** Keys that objects, promises or the SDK know by themselves. */
export const AWKWARD_KEYS = [
  ...Object.getOwnPropertyNames(Object.prototype),
  "then",
  "toJSON",
  "apply",
  "id",
  "urn",
  "__provider",
  "__pulumiOutput",
  "__pulumiResource",
  "2024",
  "a b",
  "it's",
  `a"b\`c\${d}\\`,
  "*/",
  "-",
  "4dabf18193072939515e22adb298388d",
];

export function liveTopic(key: string, fields: Partial<LiveTopic> = {}): LiveTopic {
  return {
    topicId: idOf(key),
    topicName: key,
    introduction: "",
    notification: "",
    faceUrl: "",
    customString: "",
    createTime: 1_700_000_000,
    muteAllMember: false,
    nextMsgSeq: 1,
    lastMsgTime: 0,
    ...fields,
  };
}

export function sourceWith(topics: readonly LiveTopic[], more: Partial<ExportSource> = {}): ExportSource {
  return { groupId: GROUP, sdkAppId: SDK_APP_ID, byteLimits: BYTE_LIMITS, topics, community: undefined, ...more };
}

/** Any text that a topic can have, and some that no program can declare. */
const anyText = fc.oneof(
  fc.constantFrom("", ...AWKWARD_TEXTS),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

const anyKey = fc.oneof(
  fc.constantFrom(...AWKWARD_KEYS, "@TOPIC#cAbC", "@TOPIC#cAbD"),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 20 }),
);

export const anySource: fc.Arbitrary<ExportSource> = fc
  .uniqueArray(
    fc.record({
      key: anyKey,
      topicName: anyText,
      introduction: anyText,
      notification: anyText,
      faceUrl: anyText,
      customString: anyText,
      createTime: fc.option(fc.nat(3), { nil: undefined }),
      muteAllMember: fc.boolean(),
    }),
    { selector: ({ key }) => key, maxLength: 8 },
  )
  .map((topics) => sourceWith(topics.map(({ key, ...fields }) => liveTopic(key, fields))));
