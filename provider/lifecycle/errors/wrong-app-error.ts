import { ChatError } from "../../chat/errors/index.js";

/** The state was written for one app, the settings name another one. */
export class WrongAppError extends ChatError {
  readonly code = "WRONG_APP";

  /** @param subject How the resource is called at the start of a sentence. */
  constructor(subject: string, recordedApp: number, settingsApp: number) {
    super({
      subject,
      problem:
        ` belongs to app ${recordedApp}, but the settings name app ${settingsApp}. Nothing was called. Another app wants ` +
        "another stack",
      remedy:
        "select the stack of that app, or create one (`pulumi stack init`); or set " +
        "`tencent-chat:sdkAppId` (TENCENT_CHAT_SDK_APP_ID) back; or, where a program has several apps, give the resource " +
        "the `provider` of its own",
    });
  }
}
