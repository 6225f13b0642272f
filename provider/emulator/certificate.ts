/**
 * A certificate made on the spot, for an emulator that speaks https: self-signed, for loopback names alone. Node.js can
 * sign but not write certificates; the few bytes of DER that a TLS server needs (X.509, RFC 5280) are put together here.
 * It is no authority (CA:FALSE): who trusts it trusts this key for these names, and nothing that the key might sign.
 */

import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { TlsFiles } from "./tls-files.js";

const BOOLEAN_TRUE = Buffer.from([0x01, 0x01, 0xff]);
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
const EXPLICIT_0 = 0xa0;
const EXPLICIT_3 = 0xa3;

const OIDS = {
  ecdsaWithSha256: "2a8648ce3d040302",
  commonName: "550403",
  subjectKeyIdentifier: "551d0e",
  keyUsage: "551d0f",
  subjectAltName: "551d11",
  basicConstraints: "551d13",
  extendedKeyUsage: "551d25",
  serverAuth: "2b06010505070301",
};

const LOOPBACK_NAMES = ["localhost"];
const LOOPBACK_ADDRESSES = ["7f000001", "00000000000000000000000000000001"];

const DAY_MS = 86_400_000;
/** What clients accept at most, https://support.apple.com/en-us/102028. */
const LIFETIME_DAYS = 825;

/** A new key and a certificate for it that names this machine's loopback; `now` in Unix milliseconds. */
export function selfSigned(now: number = Date.now()): TlsFiles {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ format: "der", type: "spki" });
  const algorithm = sequence(oid("ecdsaWithSha256"));
  const name = sequence(der(SET, sequence(oid("commonName"), der(UTF8_STRING, Buffer.from("Chat emulator")))));
  const content = sequence(
    der(EXPLICIT_0, der(INTEGER, Buffer.from([2]))),
    // A serial number is positive: its first bit is off.
    der(INTEGER, Buffer.from([1]), randomBytes(15)),
    algorithm,
    name,
    sequence(utcTime(now - DAY_MS), utcTime(now + (LIFETIME_DAYS - 1) * DAY_MS)),
    name,
    spki,
    der(EXPLICIT_3, sequence(...extensions(spki))),
  );
  const signature = der(BIT_STRING, Buffer.from([0]), sign("sha256", content, privateKey));
  return {
    cert: pem("CERTIFICATE", sequence(content, algorithm, signature)),
    key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

function extensions(spki: Buffer): Buffer[] {
  const names = LOOPBACK_NAMES.map((name) => der(DNS_NAME, Buffer.from(name)));
  const addresses = LOOPBACK_ADDRESSES.map((bytes) => der(IP_ADDRESS, Buffer.from(bytes, "hex")));
  return [
    sequence(oid("basicConstraints"), BOOLEAN_TRUE, der(OCTET_STRING, sequence())),
    // digitalSignature.
    sequence(oid("keyUsage"), BOOLEAN_TRUE, der(OCTET_STRING, der(BIT_STRING, Buffer.from([7, 0x80])))),
    sequence(oid("extendedKeyUsage"), der(OCTET_STRING, sequence(oid("serverAuth")))),
    sequence(oid("subjectAltName"), der(OCTET_STRING, sequence(...names, ...addresses))),
    sequence(
      oid("subjectKeyIdentifier"),
      der(OCTET_STRING, der(OCTET_STRING, createHash("sha1").update(spki).digest())),
    ),
  ];
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(SEQUENCE, ...parts);
}

function oid(name: keyof typeof OIDS): Buffer {
  return der(OBJECT_ID, Buffer.from(OIDS[name], "hex"));
}

/** Until 2049, as RFC 5280 wants it; later times have another form. */
function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, "").slice(2, 14);
  return der(UTC_TIME, Buffer.from(`${digits}Z`));
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
