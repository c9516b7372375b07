/** A server of a test's own, which it may stop. */
import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export interface OwnServer {
  readonly url: string;
  /** As `pg_ctl stop` does: `fast` ends whoever is at work, `immediate` is as a crash. */
  readonly halt: (mode: "fast" | "immediate") => void;
  readonly resume: () => void;
}

export async function withOwnServer<T>(act: (server: OwnServer) => Promise<T>): Promise<T> {
  const port = await freePort();
  const environment = {
    ...process.env,
    POSTGRESQL_DATA: `/tmp/cohortline-postgresql-${port}`,
    POSTGRESQL_PORT: String(port),
  };
  const command = (...words: readonly string[]): string =>
    execFileSync(join(import.meta.dirname, "server.sh"), words, {
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  try {
    const url = command("start").split("\n").at(-1) ?? "";
    return await act({
      url,
      halt: (mode) => {
        command("halt", mode);
      },
      resume: () => {
        command("resume");
      },
    });
  } finally {
    command("stop");
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
