/** Where the value of a setting came from. */

export type SettingOrigin =
  /** `name` is a full key: `tencent-chat:region`. */
  | { readonly kind: "configuration"; readonly name: string }
  /** `name` is a variable: `TENCENT_CHAT_REGION`. */
  | { readonly kind: "environment"; readonly name: string }
  /** `name` is an argument of the `ChatApp` called `chatApp`. */
  | { readonly kind: "argument"; readonly name: string; readonly chatApp: string };

export function describeOrigin(origin: SettingOrigin): string {
  switch (origin.kind) {
    case "configuration":
      return `configuration ${origin.name}`;
    case "environment":
      return `variable ${origin.name}`;
    case "argument":
      return `ChatApp argument ${origin.name} of "${origin.chatApp}"`;
  }
}
