/** An authority, a server and a client of our own, made anew for each run of a test. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DAYS = 2;

function openssl(folder: string, ...words: readonly string[]): void {
  execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
}

/** `NAME.pem` and `NAME.key`, by the authority of the folder; with fewer than no days it has ended. */
export function signed(folder: string, name: string, subject: string, days = DAYS): void {
  const request = ["req", "-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`];
  openssl(folder, ...request, "-subj", `/CN=${subject}`, "-out", `${name}.csr`);
  writeFileSync(join(folder, `${name}.ext`), "subjectAltName=IP:127.0.0.1\n");
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", `${name}.ext`];
  openssl(
    folder,
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    ...by,
    "-days",
    String(days),
    "-out",
    `${name}.pem`,
  );
}

/** Puts `ca.pem`, `server.pem` and `.key`, `client.pem`, `.key` and `.p12` (passphrase: word) into the folder. */
export function makeCertificates(folder: string): void {
  const self = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key"];
  openssl(
    folder,
    ...self,
    "-subj",
    "/CN=authority of tests",
    "-days",
    String(DAYS),
    "-out",
    "ca.pem",
  );
  signed(folder, "server", "server of tests");
  signed(folder, "client", "client of tests");
  const pair = ["-in", "client.pem", "-inkey", "client.key", "-passout", "pass:word"];
  openssl(folder, "pkcs12", "-export", ...pair, "-out", "client.p12");
}

export function bytesOf(folder: string, name: string): Buffer {
  return readFileSync(join(folder, name));
}
