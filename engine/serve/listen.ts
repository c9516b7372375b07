/** Where the server listens: a port that only this machine reaches, or a socket that only its owner opens. */
import { lstatSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemCode } from "../files/file-problem.ts";
import { fail } from "./problems.ts";

export type ListenAt =
  | { readonly kind: "port"; readonly port: number }
  | { readonly kind: "socket"; readonly path: string };

const LOOPBACK = "127.0.0.1";
const PORTS_TRIED = 20;

/** The port it listens on, null for a socket. Problems: port-taken, port-refused, socket-taken. */
export async function listenAt(server: Server, at: ListenAt): Promise<number | null> {
  if (at.kind === "socket") return listenOnSocket(server, at.path);
  try {
    await listening(server, { host: LOOPBACK, port: at.port });
  } catch (error) {
    const place = `port ${at.port}`;
    if (systemCode(error) !== "EADDRINUSE") return refused(error, place);
    return fail("port-taken", { port: at.port, free: await freePortAfter(at.port) });
  }
  return (server.address() as AddressInfo).port;
}

/** Its rights are there before anybody can open it: those that the umask leaves when it is made. */
async function listenOnSocket(server: Server, path: string): Promise<null> {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    fail("socket-taken", { file: path });
  const umask = process.umask(0o177);
  try {
    await listening(server, { path });
  } catch (error) {
    if (systemCode(error) === "EADDRINUSE") return fail("socket-taken", { file: path });
    return refused(error, path);
  } finally {
    process.umask(umask);
  }
  return null;
}

function refused(error: unknown, place: string): never {
  const code = systemCode(error);
  if (code === null) throw error;
  return fail("port-refused", { place, reason: code });
}

function listening(server: Server, options: object): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function freePortAfter(taken: number): Promise<number | null> {
  for (let port = taken + 1; port <= Math.min(65_535, taken + PORTS_TRIED); port++) {
    const probe = createServer();
    const isFree = await listening(probe, { host: LOOPBACK, port }).then(
      () => true,
      () => false,
    );
    probe.close();
    if (isFree) return port;
  }
  return null;
}
