import { expect, test } from "vitest";
import { COMMANDS } from "../../provider/chat/commands.js";
import { BYTE_LIMITS } from "../../provider/chat/limits.js";

// https://www.tencentcloud.com/document/product/1047/ 49471, 53448, 49469, 49468, 49470;
// 34895, 34967, 34961, 34960, 34962, 34966, 34896
test.each([
  ["create_topic", "million_group_open_http_svc", 200],
  ["import_topic", "group_open_http_svc", 200],
  ["get_topic", "million_group_open_http_svc", 200],
  ["modify_topic", "million_group_open_http_svc", 200],
  ["destroy_topic", "million_group_open_http_svc", 200],
  ["create_group", "group_open_http_svc", 200],
  ["import_group", "group_open_http_svc", 200],
  ["get_group_info", "group_open_http_svc", 200],
  ["get_appid_group_list", "group_open_http_svc", 1],
  ["modify_group_base_info", "group_open_http_svc", 200],
  ["change_group_owner", "group_open_http_svc", 200],
  ["destroy_group", "group_open_http_svc", 200],
] as const)("%s is on %s, at %i calls a second", (command, service, callsPerSecond) => {
  expect(COMMANDS[command]).toMatchObject({ service, callsPerSecond });
});

test.each(Object.entries(COMMANDS))("%s names the page that its facts are from", (_, { source }) => {
  expect(source).toMatch(/^https:\/\/www\.tencentcloud\.com\/document\/product\/1047\/\d+$/);
});

// …/53448 (topics), …/34895 (communities): bytes of UTF-8
test("the limits of texts are those of the REST pages", () => {
  expect(BYTE_LIMITS).toEqual({
    topicName: 30,
    introduction: 240,
    notification: 300,
    faceUrl: 100,
    customString: 3000,
    communityName: 30,
    communityIntroduction: 240,
    communityNotification: 300,
    communityFaceUrl: 100,
  });
});
