import { describe, expect, test } from "vitest";
import type { Command } from "../../provider/chat/commands.js";
import {
  AlreadyExistsError,
  NotFoundError,
  RefusedError,
  SignatureExpiredError,
  ThrottledError,
  UnavailableError,
  UnexpectedAnswerError,
} from "../../provider/chat/errors/index.js";
import { isUsed } from "../../provider/chat/topic.js";
import { readDestroyed, readImportedTopicId, readTopics } from "../../provider/chat/topic-answers.js";
import type { HttpAnswer } from "../../provider/chat/transport.js";
import { type CallContext, readVerdict } from "../../provider/chat/verdicts.js";

const ID = "@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic";
const OK = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };

function call(command: Command): CallContext {
  return { command, subject: '"TestTopic" in @TGS#_@TGS#cQVLVHIM62CJ', host: "adminapisgp.im.qcloud.com" };
}

function http(body: unknown, status = 200, serverTime: number | undefined = undefined): HttpAnswer {
  return { status, text: typeof body === "string" ? body : JSON.stringify(body), serverTime };
}

function failed(ErrorCode: number, ErrorInfo = "some text"): HttpAnswer {
  return http({ ActionStatus: "FAIL", ErrorInfo, ErrorCode });
}

const readers = [
  ["import_topic", (answer: HttpAnswer) => readImportedTopicId(answer, call("import_topic"), ID)],
  ["modify_topic", (answer: HttpAnswer) => readVerdict(answer, call("modify_topic"))],
  ["get_topic", (answer: HttpAnswer) => readTopics(answer, call("get_topic"))],
  ["destroy_topic", (answer: HttpAnswer) => readDestroyed(answer, call("destroy_topic"))],
] as const;

/** https://www.tencentcloud.com/document/product/1047/49469 */
const GET_SAMPLE = {
  ActionStatus: "OK",
  ErrorInfo: "ok",
  ErrorCode: 0,
  TopicAndSelfInfo: [
    {
      ErrorCode: 0,
      ErrorInfo: "ok",
      SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: "AcceptAndNotify" },
      TopicInfo: {
        TopicName: "TestTopic",
        GroupID: "@TGS#_@TGS#cQVLVHIM62CJ",
        FaceUrl: "http://this.is.face.url",
        TopicId: ID,
        NextMsgSeq: 1,
        Notification: "topic notification",
        Introduction: "topic introduction",
        CreateTime: 1658839448,
        LastMsgTime: 0,
        MuteAllMember: "Off",
        CustomString: "custom",
      },
    },
  ],
};

function gotTopic(info: object): HttpAnswer {
  return http({ ...OK, TopicAndSelfInfo: [{ ErrorCode: 0, ErrorInfo: "", TopicInfo: { TopicId: ID, ...info } }] });
}

describe("the vendor's samples", () => {
  // https://www.tencentcloud.com/document/product/1047/53448
  test("import_topic gives the id of the topic", () => {
    expect(readImportedTopicId(http({ ...OK, TopicId: ID }), call("import_topic"), ID)).toBe(ID);
  });

  test("get_topic gives the topic under our names", () => {
    expect(readTopics(http(GET_SAMPLE), call("get_topic")).get(ID)).toEqual({
      topicId: ID,
      topicName: "TestTopic",
      introduction: "topic introduction",
      notification: "topic notification",
      faceUrl: "http://this.is.face.url",
      customString: "custom",
      createTime: 1658839448,
      muteAllMember: false,
      nextMsgSeq: 1,
      lastMsgTime: 0,
    });
  });

  // https://www.tencentcloud.com/document/product/1047/49468
  test("modify_topic gives its verdict and no more", () => {
    expect(readVerdict(http(OK), call("modify_topic"))).toEqual(OK);
  });

  // https://www.tencentcloud.com/document/product/1047/49470
  test("destroy_topic gives the verdict of each topic", () => {
    const item = { ErrorCode: 0, ErrorInfo: "ok", TopicId: ID };
    expect(readDestroyed(http({ ...OK, DestroyResultItem: [item] }), call("destroy_topic"))).toEqual(
      new Map([[ID, undefined]]),
    );
  });

  // The copy of 2022-09 of the page of get_topic
  test.each([
    [{ ShutUpAllFlag: 1 }, true],
    [{ ShutUpAllFlag: 0 }, false],
    [{ MuteAllMember: "On" }, true],
    [{ MuteAllMember: "Off" }, false],
    [{}, false],
  ])("the mute flag is read in either of its forms: %j", (flag, muted) => {
    expect(readTopics(gotTopic(flag), call("get_topic")).get(ID)?.muteAllMember).toBe(muted);
  });
});

describe("ErrorInfo", () => {
  test.each(["", "ok", "OK", "success"])("%j on a success is no failure", (ErrorInfo) => {
    expect(() => readVerdict(http({ ...OK, ErrorInfo }), call("modify_topic"))).not.toThrow();
  });

  test("may be left out", () => {
    expect(() => readVerdict(http({ ActionStatus: "OK", ErrorCode: 0 }), call("modify_topic"))).not.toThrow();
  });
});

describe("verdicts for the whole call", () => {
  test.each(
    readers.flatMap(([command, read]) =>
      (
        [
          [10021, AlreadyExistsError],
          [10025, AlreadyExistsError],
          [10010, NotFoundError],
          [110003, NotFoundError],
          [60007, ThrottledError],
          [10002, UnavailableError],
          [70001, SignatureExpiredError],
          [11000, RefusedError],
          [424242, RefusedError],
        ] as const
      ).map(([code, kind]) => [command, code, kind, read] as const),
    ),
  )("%s: %i becomes its own kind of error", (_, code, kind, read) => {
    expect(() => read(failed(code))).toThrow(kind);
  });

  test("the error tells command, topic, code, the vendor's text, the meaning and what to do", () => {
    expect(() => readVerdict(failed(11000, "not support topic"), call("import_topic"))).toThrow(
      /^import_topic "TestTopic" in @TGS#_@TGS#cQVLVHIM62CJ: 11000 \(“not support topic”\), the app's edition has no topics.*\. What to do: console → .*SupportTopic 1\.$/,
    );
  });

  test("the RequestId is told where there is one", () => {
    const body = { ActionStatus: "FAIL", ErrorInfo: "", ErrorCode: 10002, RequestId: "Id-70dc" };
    expect(() => readVerdict(http(body), call("modify_topic"))).toThrow(/\[RequestId Id-70dc\]$/);
  });

  test("get_topic and destroy_topic ignore it where the topics have verdicts of their own", () => {
    const top = { ActionStatus: "FAIL", ErrorInfo: "no meaning", ErrorCode: 10010 };
    const { TopicAndSelfInfo } = GET_SAMPLE;
    expect(readTopics(http({ ...top, TopicAndSelfInfo }), call("get_topic")).size).toBe(1);
    const DestroyResultItem = [{ ErrorCode: 0, ErrorInfo: "", TopicId: ID }];
    expect(readDestroyed(http({ ...top, DestroyResultItem }), call("destroy_topic")).size).toBe(1);
  });
});

describe("verdicts for each topic", () => {
  const gone = "@TGS#_g@TOPIC#_gone";
  const item = (code: number, info?: object) => ({ ErrorCode: code, ErrorInfo: "text", TopicInfo: info });
  const found = GET_SAMPLE.TopicAndSelfInfo[0];

  test.each([110003, 10010])("a topic that get_topic reports as %i is left out, the others are there", (code) => {
    const answer = http({ ...OK, TopicAndSelfInfo: [item(code, { TopicId: gone }), found, item(code)] });
    expect([...readTopics(answer, call("get_topic")).keys()]).toEqual([ID]);
  });

  test.each([10002, 10007, 70500, 99999])("a topic with %i is not taken for a topic that is gone", (code) => {
    const answer = http({ ...OK, TopicAndSelfInfo: [found, item(code, { TopicId: gone })] });
    expect(() => readTopics(answer, call("get_topic"))).toThrow(/get_topic "gone" in @TGS#_g: \d+ \(“text”\)/);
  });

  test("destroy_topic tells for each topic what became of it", () => {
    const DestroyResultItem = [
      { ErrorCode: 0, ErrorInfo: "ok", TopicId: ID },
      { ErrorCode: 110003, ErrorInfo: "deleted", TopicId: gone },
      { ErrorCode: 110002, ErrorInfo: "failed", TopicId: "@TGS#_g@TOPIC#_stuck" },
    ];
    const verdicts = readDestroyed(http({ ...OK, DestroyResultItem }), call("destroy_topic"));
    expect(verdicts.get(ID)).toBeUndefined();
    expect(verdicts.get(gone)).toBeInstanceOf(NotFoundError);
    expect(verdicts.get("@TGS#_g@TOPIC#_stuck")?.message).toMatch(/^destroy_topic "stuck" in @TGS#_g: 110002/);
  });
});

describe("an answer of another shape", () => {
  test.each(readers)("%s: an empty one is named as such", (_, read) => {
    expect(() => read(http(""))).toThrow("it is empty");
  });

  test.each(
    readers.flatMap(([command, read]) =>
      [
        "<html>Welcome</html>",
        '{"ActionStatus":"OK","ErrorCode":0,',
        "null",
        "[]",
        "7",
        "{}",
        '{"ActionStatus":"OK"}',
        '{"ErrorCode":0}',
        '{"ActionStatus":"OK","ErrorCode":"0"}',
      ].map((text) => [command, text, read] as const),
    ),
  )("%s: %s is an unexpected answer", (_, text, read) => {
    expect(() => read(http(text))).toThrow(UnexpectedAnswerError);
  });

  test("a failure that does not say why is no success", () => {
    expect(() => readVerdict(http({ ...OK, ActionStatus: "FAIL" }), call("modify_topic"))).toThrow(
      UnexpectedAnswerError,
    );
  });

  test("an import that names no id, or another one than was asked for, is no success", () => {
    const read = (body: object) => () => readImportedTopicId(http({ ...OK, ...body }), call("import_topic"), ID);
    expect(read({})).toThrow("it names no TopicId");
    expect(read({ TopicId: "" })).toThrow("it names no TopicId");
    expect(read({ TopicId: `${ID}2` })).toThrow(`it names the id “${ID}2”`);
  });

  test("an import without an id of ours gives whichever the service assigned", () => {
    const answer = http({ ...OK, TopicId: "@TGS#_g@TOPIC#_@TOPIC#cABC" });
    expect(readImportedTopicId(answer, call("import_topic"), undefined)).toBe("@TGS#_g@TOPIC#_@TOPIC#cABC");
  });

  test.each([{}, { TopicAndSelfInfo: null }, { TopicAndSelfInfo: {} }, { TopicInfo: [] }])(
    "a get_topic without its list is never taken for a community without topics: %j",
    (body) => {
      expect(() => readTopics(http({ ...OK, ...body }), call("get_topic"))).toThrow(UnexpectedAnswerError);
    },
  );

  test("an empty list is a community without topics", () => {
    expect(readTopics(http({ ...OK, TopicAndSelfInfo: [] }), call("get_topic"))).toEqual(new Map());
  });

  test.each([
    [60007, ThrottledError],
    [10002, UnavailableError],
    [10010, NotFoundError],
  ])(
    "an empty list, or null, beside the code %i is that failure, not a community without topics",
    (ErrorCode, kind) => {
      for (const list of [[], null]) {
        const failure = { ActionStatus: "FAIL", ErrorInfo: "", ErrorCode };
        expect(() => readTopics(http({ ...failure, TopicAndSelfInfo: list }), call("get_topic"))).toThrow(kind);
        expect(() => readDestroyed(http({ ...failure, DestroyResultItem: list }), call("destroy_topic"))).toThrow(kind);
      }
    },
  );

  test.each([{}, { DestroyResultItem: null }, { DestroyResultItems: [] }])(
    "a destroy_topic without its list is no success: %j",
    (body) => {
      expect(() => readDestroyed(http({ ...OK, ...body }), call("destroy_topic"))).toThrow(UnexpectedAnswerError);
    },
  );

  test.each([
    [{ ErrorCode: 0, ErrorInfo: "" }, "an item has neither an error nor a TopicId"],
    [{ ErrorCode: 0, ErrorInfo: "", TopicInfo: {} }, "an item has neither an error nor a TopicId"],
    [{ ErrorCode: "0" }, "TopicAndSelfInfo"],
    [{ ErrorCode: 0, TopicInfo: { TopicId: ID, TopicName: 5 } }, "TopicName"],
    [{ ErrorCode: 0, TopicInfo: { TopicId: ID, MuteAllMember: "Maybe" } }, "MuteAllMember"],
  ])("the item %j is refused, saying what is wrong", (item, reason) => {
    expect(() => readTopics(http({ ...OK, TopicAndSelfInfo: [item] }), call("get_topic"))).toThrow(reason);
  });

  test("fields that we do not know do no harm", () => {
    const body = { ...OK, New: 1, TopicAndSelfInfo: [{ ErrorCode: 0, New: 1, TopicInfo: { TopicId: ID, New: 1 } }] };
    expect(readTopics(http(body), call("get_topic")).has(ID)).toBe(true);
  });

  test("texts that the service leaves out are empty", () => {
    expect(readTopics(gotTopic({}), call("get_topic")).get(ID)).toMatchObject({ introduction: "", customString: "" });
  });
});

describe("another HTTP status", () => {
  test.each([500, 502, 503, 504, 408, 429])("%i may be tried again", (status) => {
    expect(errorOf(() => readVerdict(http("oops", status), call("get_topic"))).maxRetries).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test.each([301, 302, 307, 400, 401, 403, 404, 405, 413])("%i is not tried again", (status) => {
    expect(errorOf(() => readVerdict(http("oops", status), call("get_topic"))).maxRetries).toBe(0);
  });

  test("is told, with the host that gave it", () => {
    expect(() => readVerdict(http("", 404), call("get_topic"))).toThrow(
      /adminapisgp.im.qcloud.com gave an unexpected answer, HTTP status 404/,
    );
  });

  test.each([
    [429, 2_000],
    [503, 2_000],
    [429, undefined],
    [503, undefined],
  ])("%i is that of a host that is too busy, for as long as it tells: %s ms", (status, retryAfterMs) => {
    const answer = { ...http("oops", status), retryAfterMs };
    const error = errorOf(() => readVerdict(answer, call("get_topic")));
    expect(error.busyMs).toBe(retryAfterMs ?? 0);
    expect(error.message).toMatch(/HTTP status \d+\. What to do: run the command again later, .*`callsPerSecond`/);
  });

  test.each([500, 502, 504, 408, 404])("%i is not, also with a time after which to come again", (status) => {
    const answer = { ...http("oops", status), retryAfterMs: 2_000 };
    const error = errorOf(() => readVerdict(answer, call("get_topic")));
    expect(error.busyMs).toBeUndefined();
    expect(error.message).toMatch(/What to do: check that `region` or `endpoint` names a Chat API host/);
  });

  test("leaves the outcome unknown, but for 429, which turns the call away", () => {
    const outcomes = [429, 503, 500, 502, 504, 408].map((status) => {
      return errorOf(() => readVerdict(http("oops", status), call("import_topic"))).attempts.outcomeUnknown;
    });
    expect(outcomes).toEqual([false, true, true, true, true, true]);
  });

  test("is a failure even with a body that says OK", () => {
    expect(() => readVerdict(http(OK, 502), call("modify_topic"))).toThrow(UnexpectedAnswerError);
  });

  function errorOf(read: () => unknown): UnexpectedAnswerError {
    try {
      read();
    } catch (error) {
      if (error instanceof UnexpectedAnswerError) return error;
    }
    throw new Error("no unexpected answer");
  }
});

describe("errors about credentials, and this machine's clock", () => {
  const now = () => Date.now();
  const message = (code: number, serverTime?: number): string => {
    try {
      readVerdict({ ...failed(code), serverTime }, call("get_topic"));
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  test.each([10002, 10010, 11000, 60007, 60026, 80001])("%i is not about them", (code) => {
    expect(message(code, now() - 3_600_000)).not.toMatch(/signature|clock/);
  });

  test("a clock that is ahead of the server's is named", () => {
    expect(message(70003, now() - 600_000)).toMatch(/clock is 60\d s ahead of the server's: set it right/);
  });

  test("a clock that is behind the server's is named", () => {
    expect(message(70001, now() + 600_500)).toMatch(/clock is 60\d s behind the server's: set it right/);
  });

  test("a clock that is right within a minute is no explanation", () => {
    expect(message(70003, now() - 30_000)).not.toContain("ahead");
    expect(message(70003, undefined)).not.toContain("ahead");
  });
});

describe("a used topic", () => {
  test.each([
    [0, 0, false],
    [1, 0, false],
    [2, 0, true],
    [1, 1700000000, true],
  ])("NextMsgSeq %i and LastMsgTime %i: %s", (NextMsgSeq, LastMsgTime, used) => {
    const topic = readTopics(gotTopic({ NextMsgSeq, LastMsgTime }), call("get_topic")).get(ID);
    expect(topic && isUsed(topic)).toBe(used);
  });
});
