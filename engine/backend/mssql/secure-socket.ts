/**
 * A socket to a server that must encrypt. The driver would send a login in the clear where the server says, before it,
 * that it cannot encrypt, and so whoever stands between could have the password: then the socket is gone first.
 */
import { connect } from "node:net";
import type { Socket } from "node:net";

export function secureSocket(
  host: string,
  port: number,
  { waitMilliseconds }: { readonly waitMilliseconds: number },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: waitMilliseconds });
    socket.once("timeout", () => socket.destroy(withCode("ETIMEDOUT")));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.off("error", reject);
      endUnlessEncrypted(socket);
      resolve(socket);
    });
  });
}

const HEADER = 8;

/** Looks at the first message of the server before anybody else does. */
function endUnlessEncrypted(socket: Socket): void {
  let first = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    first = Buffer.concat([first, chunk]);
    if (first.length < HEADER || first.length < first.readUInt16BE(2)) return;
    socket.off("data", look);
    if (!saysEncrypted(first.subarray(HEADER))) socket.destroy(withCode("ERR_TLS_NOT_OFFERED"));
  };
  socket.on("data", look);
}

const ENCRYPTION = 1;
const END = 0xff;
const ON = 1;
const REQUIRED = 3;

/** Options by number, each with the place of its value. */
function saysEncrypted(options: Buffer): boolean {
  for (let at = 0; at + 5 <= options.length && options[at] !== END; at += 5) {
    if (options[at] !== ENCRYPTION) continue;
    const value = options[options.readUInt16BE(at + 1)];
    return value === ON || value === REQUIRED;
  }
  return false;
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
