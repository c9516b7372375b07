/** Messages of a client as they come over a socket, with or without encryption, and what goes back. */
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";

export const PACKET = 16_000;
const HEADER = 8;
const PRELOGIN = 0x12;
const TLS_DATA = 0x17;

export interface Message {
  readonly type: number;
  readonly body: Buffer;
}

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** A packet for each piece; `isLast` where the message ends with it. False: wait for `drain`. */
export function send(to: Duplex, body: Buffer, isLast: boolean): boolean {
  let isFree = true;
  for (let at = 0; at === 0 || at < body.length; at += PACKET - HEADER) {
    const part = body.subarray(at, at + PACKET - HEADER);
    const isEnd = isLast && at + PACKET - HEADER >= body.length;
    isFree = to.write(Buffer.concat([header(0x04, part.length, isEnd), part]));
  }
  return isFree;
}

function header(type: number, length: number, isEnd: boolean): Buffer {
  const made = Buffer.from([type, isEnd ? 1 : 0, 0, 0, 0, 52, 1, 0]);
  made.writeUInt16BE(length + HEADER, 2);
  return made;
}

/** Calls `onMessage` with each message in order. */
export function receive(from: Duplex, onMessage: (message: Message) => void): void {
  let waiting = Buffer.alloc(0);
  let parts: Buffer[] = [];
  from.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= HEADER && waiting.length >= waiting.readUInt16BE(2)) {
      const length = waiting.readUInt16BE(2);
      const [type = 0, status = 0] = waiting;
      parts.push(waiting.subarray(HEADER, length));
      waiting = waiting.subarray(length);
      if ((status & 1) === 0) continue;
      const body = Buffer.concat(parts);
      parts = [];
      onMessage({ type, body });
    }
  });
}

/** The first message is in the clear; then, while two sides agree on keys, they do so inside packets of their own. */
export function encrypted(socket: Socket, certificate: Certificate): TLSSocket {
  let waiting = Buffer.alloc(0);
  const inside = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      const isData = chunk[0] === TLS_DATA;
      socket.write(
        isData ? chunk : Buffer.concat([header(PRELOGIN, chunk.length, true), chunk]),
        () => {
          done();
        },
      );
    },
  });
  socket.removeAllListeners("data");
  socket.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= HEADER) {
      const isWrapped = waiting[0] === PRELOGIN;
      const length = isWrapped ? waiting.readUInt16BE(2) : waiting.length;
      if (waiting.length < length) return;
      inside.push(isWrapped ? waiting.subarray(HEADER, length) : waiting);
      waiting = waiting.subarray(length);
    }
  });
  socket.on("close", () => inside.destroy());
  const secure = new TLSSocket(inside, { isServer: true, ...certificate, maxVersion: "TLSv1.2" });
  secure.on("error", () => socket.destroy());
  return secure;
}
