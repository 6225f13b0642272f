/** `ChatApp`: an app with settings of its own, for programs that manage several. */
import * as pulumi from "@pulumi/pulumi";

/** Byte limits of single texts, where Tencent has granted an app more than its pages say. */
export type ChatAppByteLimits = Partial<
  Record<
    | "topicName"
    | "introduction"
    | "notification"
    | "faceUrl"
    | "customString"
    | "communityName"
    | "communityIntroduction"
    | "communityNotification"
    | "communityFaceUrl",
    pulumi.Input<number>
  >
>;

/** The arguments of a {@link ChatApp}: the settings of the README's table, under the same names. */
export interface ChatAppArgs {
  /** The app. Required. */
  sdkAppId: pulumi.Input<number>;
  /** Secret. The app's key, with which signatures are made. This or `userSig` is required. */
  secretKey?: pulumi.Input<string>;
  /** Secret. A ready signature of the admin account, for runs that must not hold the key. Used when there is no key. */
  userSig?: pulumi.Input<string>;
  /** The app administrator that signs every call. Default `administrator`. */
  adminAccount?: pulumi.Input<string>;
  /**
   * The app's data centre: `china`, `singapore`, `seoul`, `frankfurt`, `silicon-valley`, `jakarta`, `tokyo` or `riyadh`.
   * This or `endpoint` is required.
   */
  region?: pulumi.Input<string>;
  /** A base URL in place of a region. Plain http to loopback only. */
  endpoint?: pulumi.Input<string>;
  /** Most calls per second of each command. Default 200 for `import_topic` and 100 for the others. */
  callsPerSecond?: pulumi.Input<number>;
  /** What one call may take with its retries, in seconds; waiting for the call frequency does not count. Default 60. */
  timeoutSeconds?: pulumi.Input<number>;
  /** Raises byte limits where Tencent has granted the app more, such as `{ topicName: 150 }`. */
  byteLimits?: pulumi.Input<ChatAppByteLimits>;
  /** The service of `import_topic`: `group_open_http_svc` (default) or `million_group_open_http_svc`. */
  importService?: pulumi.Input<string>;
}

/**
 * An app with settings of its own, for programs that manage several; given as `provider` to resources, lookups and
 * components. It reads its arguments and nothing else: no configuration, no environment.
 *
 * Each `ChatApp` has a provider process, rate limits and credentials of its own. Its arguments are checked when the first
 * resource in it is, at preview, all issues in one message. `secretKey` and `userSig` are made secrets: Pulumi encrypts
 * them in the state. A changed key counts from the next `pulumi up` on; `pulumi refresh` and `pulumi destroy` use the one
 * in the state unless run with `--run-program`. Pulumi's own debug logs show the arguments of any provider resource, keys
 * too.
 *
 * One `ChatApp` for an app: two of the same app know nothing of each other's topics.
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/34620 (apps, administrators, data centres), …/34385 (UserSig).
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ChatApp, ChatTopic } from "pulumi-tencent-chat";
 *
 * const europe = new ChatApp("europe", {
 *   sdkAppId: 1400000002,
 *   secretKey: new pulumi.Config().requireSecret("europeKey"),
 *   region: "frankfurt",
 * });
 *
 * new ChatTopic("general-eu", { groupId: "@TGS#_players", topicName: "General" }, { provider: europe });
 * ```
 */
export class ChatApp extends pulumi.ProviderResource {
  /** The app. */
  declare readonly sdkAppId: pulumi.Output<number>;

  /**
   * @param name Name of the resource.
   * @param args The app's settings.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: ChatAppArgs, options?: pulumi.ResourceOptions) {
    const inputs = inputsOf(name, args);
    super("pulumi-nodejs", name, inputs, pulumi.mergeOptions(options, { additionalSecretOutputs: [...SECRETS] }));
    SETTINGS.set(this, pulumi.unsecret(pulumi.output(inputs)) as pulumi.Output<ChatAppSettings>);
    warnOfTwin(this, name, args.sdkAppId);
  }
}

const SECRETS = ["secretKey", "userSig"] as const;

/** As the provider process takes them: it gets secrets in clear only at this level, and knows by `chatApp` whose they are. */
function inputsOf(name: string, args: ChatAppArgs): pulumi.Inputs {
  const inputs: pulumi.Inputs = { ...args, chatApp: name };
  for (const secret of SECRETS) if (args[secret] !== undefined) inputs[secret] = pulumi.secret(args[secret]);
  if (args.byteLimits !== undefined) inputs.byteLimits = pulumi.jsonStringify(args.byteLimits);
  return inputs;
}

/** The settings of a `ChatApp`, with its name as `chatApp`. */
export type ChatAppSettings = { readonly chatApp: string } & Readonly<Record<string, unknown>>;

const SETTINGS = new WeakMap<ChatApp, pulumi.Output<ChatAppSettings>>();

/** For lookups: the settings, in clear. */
export function settingsOf(app: ChatApp): pulumi.Output<ChatAppSettings> {
  return SETTINGS.get(app) as pulumi.Output<ChatAppSettings>;
}

/** By the stack that a program builds (one process can run several programs): the first `ChatApp` of each app. */
const FIRST_OF_APP = new WeakMap<pulumi.Resource, Map<number, string>>();

/** Two processes of one app share neither the rate limits nor what tells that a topic is declared twice, or handed over. */
function warnOfTwin(app: ChatApp, name: string, sdkAppId: pulumi.Input<number>): void {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined) return;
  const firstOfApp = FIRST_OF_APP.get(stack) ?? new Map<number, string>();
  FIRST_OF_APP.set(stack, firstOfApp);
  pulumi.output(sdkAppId).apply((id) => {
    const first = firstOfApp.get(id);
    if (first === undefined) firstOfApp.set(id, name);
    else {
      pulumi.log.warn(
        `ChatApp "${name}" and ChatApp "${first}" are the same app ${id}, in two processes: a topic that both declare, or ` +
          "that moves from one to the other, is not noticed. What to do: use one ChatApp for both.",
        app,
      );
    }
  });
}
