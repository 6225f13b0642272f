/**
 * The API's hosts by data centre. An app lives in exactly one of them; asking another one is answered with
 * 60026, 70016 or 70020.
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/34620 (all but the last two),
 * https://cloud.tencent.com/document/product/269/103966 (Tokyo, 2025-12-15),
 * https://trtc.io/ko/document/49471 (Riyadh, 2026-05-22). Mumbai was on the pages until 2024-02 and is gone since:
 * an app that still lives there gives its host with the setting `endpoint`, and so do backup hosts.
 */
export const HOSTS = {
  china: "console.tim.qq.com",
  singapore: "adminapisgp.im.qcloud.com",
  seoul: "adminapikr.im.qcloud.com",
  frankfurt: "adminapiger.im.qcloud.com",
  "silicon-valley": "adminapiusa.im.qcloud.com",
  jakarta: "adminapiidn.im.qcloud.com",
  tokyo: "adminapijpn.im.qcloud.com",
  riyadh: "adminapiksa.im.qcloud.com",
} as const;

/** A data centre with a host of its own. */
export type Region = keyof typeof HOSTS;
