/** Prints a UserSig of an hour, made with the vendor's library: npm install tls-sig-api-v2 */
const { Api } = require("tls-sig-api-v2");

const {
  TENCENT_CHAT_SDK_APP_ID: sdkAppId = "1400000000",
  TENCENT_CHAT_SECRET_KEY: key = "emulator-only-key-0000000000000000000000000000000000000000000000",
  TENCENT_CHAT_ADMIN_ACCOUNT: admin = "administrator",
} = process.env;
process.stdout.write(new Api(Number(sdkAppId), key).genUserSig(admin, 3600));
