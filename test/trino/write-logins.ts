/**
 * Whom the server of `server.sh` knows: `write-logins.ts FOLDER` puts an authority, certificates, a file of passwords, keys and
 * tokens of our own into the folder, made anew each time. Some of them hold, others must not.
 */
import { createSign, generateKeyPairSync, pbkdf2Sync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCertificates, signed } from "../database/certificates.ts";
import { LOGIN } from "./logins.ts";

const [folder = ""] = process.argv.slice(2);
const foreign = join(folder, "foreign");
mkdirSync(foreign, { recursive: true });
makeCertificates(folder);
signed(folder, "expired", LOGIN.user, -1);
makeCertificates(foreign);

const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text, { mode: 0o600 });
};
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
write("server-both.pem", read("server.pem") + read("server.key"));
write("passphrase", "word");
write("password", `${LOGIN.password}\n`);
write("wrong-password", `${LOGIN.password}x`);

const rounds = 1000;
const salt = randomBytes(16);
const hash = pbkdf2Sync(LOGIN.password, salt, rounds, 32, "sha1");
write("passwords", `${LOGIN.user}:${rounds}:${salt.toString("hex")}:${hash.toString("hex")}\n`);

const pair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync("rsa", { modulusLength: 2048 });
const ours = pair();
write("tokens.pem", ours.publicKey.export({ type: "spki", format: "pem" }).toString());
write("token", tokenOf(ours.privateKey, 48 * 3600));
write("expired-token", tokenOf(ours.privateKey, -3600));
write("foreign-token", tokenOf(pair().privateKey, 3600));

function tokenOf(key: KeyObject, seconds: number): string {
  const part = (content: object): string =>
    Buffer.from(JSON.stringify(content)).toString("base64url");
  const until = Math.floor(Date.now() / 1000) + seconds;
  const told = `${part({ alg: "RS256", typ: "JWT" })}.${part({ sub: LOGIN.user, exp: until })}`;
  return `${told}.${createSign("RSA-SHA256").update(told).sign(key).toString("base64url")}`;
}
