/**
 * `npm run format:check`: whether Prettier would change a file. Prettier is asked about those files alone
 * that oxfmt, which writes the same style many times faster, would change. One thing it writes otherwise
 * passes too: a union that would fit on one line of its own, with a line for each member.
 */
import { spawnSync } from "node:child_process";

const DIFFERENT = 1;

function bin(name: string, words: readonly string[], stdout: "pipe" | "inherit") {
  return spawnSync(`node_modules/.bin/${name}`, words, {
    stdio: ["ignore", stdout, "inherit"],
    encoding: "utf8",
  });
}

const { status, stdout, error } = bin("oxfmt", ["--list-different", "."], "pipe");
if (error !== undefined) throw error;
const files = stdout.split("\n").filter((line) => line !== "");
if (status === 0) console.log("All files are in order.");
else if (status !== DIFFERENT || files.length === 0) process.exitCode = status ?? 1;
else process.exitCode = bin("prettier", ["--check", ...files], "inherit").status ?? 1;
