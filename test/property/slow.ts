/** All property tests with many more cases than on every day. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join(import.meta.dirname, name));
const words = ["--import", "tsx", "--test", "--test-concurrency=2", ...tests];
const env = { COHORTLINE_PROPERTY_RUNS: "1000", ...process.env };
process.exitCode = spawnSync(process.execPath, words, { env, stdio: "inherit" }).status ?? 1;
