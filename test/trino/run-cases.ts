/**
 * Runs folders of recorded cases on a real Trino: `npm run conformance:trino -- [--sample N] DIR…`. With a sample,
 * N cases of each folder, evenly apart. Starts the server of `server.sh` where none answers, and stops what it started.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { performBy } from "../conformance/perform.ts";
import { extractionCase } from "../conformance/extraction-cases.ts";
import { runFolders } from "../conformance/run-folders.ts";
import { trinoUrl } from "./ask-trino.ts";
import { trinoExtract } from "./trino-extract.ts";

const { values, positionals } = parseArgs({
  options: { sample: { type: "string" } },
  allowPositionals: true,
});
const server = join(import.meta.dirname, "server.sh");
const command = (name: "start" | "stop"): string =>
  execFileSync(server, [name], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const answering = await trinoUrl();
const url = answering ?? command("start").trim().split("\n").at(-1) ?? "";
try {
  const sample = values.sample === undefined ? null : Number(values.sample);
  const act = extractionCase(trinoExtract(url));
  await runFolders(positionals, {
    sample,
    // A statement is planned by one thread of the server.
    atOnce: 2,
    perform: (recorded) => performBy(act, recorded),
  });
} finally {
  if (answering === null) command("stop");
}
