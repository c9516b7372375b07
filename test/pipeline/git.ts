/** Git for tests, as Ada. */
import { execFileSync } from "node:child_process";

export function git(folder: string, ...words: readonly string[]): string {
  const settings = ["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.org"];
  return execFileSync("git", [...settings, ...words], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}
