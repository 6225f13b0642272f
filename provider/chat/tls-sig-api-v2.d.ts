/** The vendor's generator ships without types; these are the parts used here. */
declare module "tls-sig-api-v2" {
  export class Api {
    constructor(sdkAppId: number, secretKey: string);
    /** A UserSig for `userId` that lasts `expire` seconds from now. */
    genUserSig(userId: string, expire: number): string;
  }
}
