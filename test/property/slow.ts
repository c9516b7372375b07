/** All property tests with many more cases than on every day. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runTests } from "../harness/run-tests.ts";

process.env["COHORTLINE_PROPERTY_RUNS"] ??= "1000";
const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
const audits = ["every-truth.test.ts", "cuts-of-one-number.test.ts"];
process.exitCode = await runTests([
  ...tests.map((name) => join("test/property", name)),
  ...audits.map((name) => join("test/audit", name)),
]);
