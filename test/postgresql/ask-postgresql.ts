/** The server of `test/postgresql/server.sh`, or another that `POSTGRESQL_URL` names; null where none answers. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const server = join(import.meta.dirname, "server.sh");

export function serverCommand(name: "start" | "status" | "stop"): string {
  const told = execFileSync(server, [name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return told.trim().split("\n").at(-1) ?? "";
}

export function postgresqlUrl(): string | null {
  const given = process.env["POSTGRESQL_URL"];
  if (given !== undefined && given !== "") return given;
  try {
    return serverCommand("status");
  } catch {
    return null;
  }
}
