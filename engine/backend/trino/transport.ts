/** HTTP to one server over connections that are kept, with the certificates of whoever asks. */
import { Agent as PlainAgent, request as plainRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { TrinoFault } from "./trino-error.ts";

export interface Sent {
  readonly method: "POST" | "GET" | "DELETE";
  readonly url: string;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Refused, broken or too slow: `TrinoFault`. */
export type Send = (sent: Sent) => Promise<Reply>;

export interface Transport {
  readonly send: Send;
  readonly close: () => void;
}

/** PEM or PKCS#12, as read from files. */
export interface Certificates {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly pfx?: Buffer;
  readonly passphrase?: string;
}

export interface TransportOptions {
  /** `http://host:port` or `https://…`: credentials go nowhere else. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly certificates: Certificates;
  /** Without a byte for so long, a request is given up. */
  readonly waitMilliseconds: number;
}

const unzip = promisify(gunzip);

export function transport(options: TransportOptions): Transport {
  const { origin, headers, certificates, waitMilliseconds } = options;
  const isTls = origin.startsWith("https:");
  const kept = { keepAlive: true, maxSockets: 8 };
  const agent = isTls ? new TlsAgent({ ...kept, ...certificates }) : new PlainAgent(kept);
  const ask = isTls ? tlsRequest : plainRequest;
  const send: Send = async ({ method, url, body, signal }) => {
    if (new URL(url).origin !== origin) throw new TrinoFault({ kind: "protocol" });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = ask(url, { method, headers, agent, signal, timeout: waitMilliseconds });
      asked.on("timeout", () => asked.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })));
      asked.on("error", reject);
      asked.on("response", resolve);
      asked.end(body);
    }).catch((error: unknown) => failFor(error, signal));
    const bytes = await buffer(response).catch((error: unknown) => failFor(error, signal));
    const text = await textOf(bytes, response.headers["content-encoding"]);
    return { status: response.statusCode ?? 0, text };
  };
  return {
    send,
    close: () => {
      agent.destroy();
    },
  };
}

async function textOf(bytes: Buffer, encoding: string | undefined): Promise<string> {
  try {
    return (encoding === "gzip" ? await unzip(bytes) : bytes).toString("utf8");
  } catch {
    throw new TrinoFault({ kind: "protocol" });
  }
}

const LOST = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  ...["EAI_AGAIN", "ENETDOWN", "ECONNABORTED", "EHOSTDOWN"],
]);

function failFor(error: unknown, signal: AbortSignal): never {
  if (signal.aborted) throw signal.reason instanceof Error ? signal.reason : error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND") throw new TrinoFault({ kind: "no-such-host" });
  if (isOfCertificate(code)) throw new TrinoFault({ kind: "certificate", code });
  throw new TrinoFault({ kind: "lost", code: LOST.has(code) ? code : "" });
}

/** Of OpenSSL and of the checks that Node adds. A key or PKCS#12 file that cannot be used is one of them. */
function isOfCertificate(code: string): boolean {
  return (
    /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|ERR_CRYPTO_)/.test(code) ||
    /CERT|SIGNATURE|CRL|ISSUER|SELF_SIGNED/.test(code)
  );
}
