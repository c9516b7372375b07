/**
 * Runs folders of recorded cases on a real PostgreSQL: `npm run conformance:postgresql -- [--sample N] DIR…`. With a
 * sample, N cases of each folder, evenly apart. Starts the server of `server.sh` where none answers, and stops what it
 * started.
 */
import { parseArgs } from "node:util";
import { performBy } from "../conformance/perform.ts";
import { extractionCase } from "../conformance/extraction-cases.ts";
import { runFolders } from "../conformance/run-folders.ts";
import { postgresqlUrl, serverCommand } from "./ask-postgresql.ts";
import { postgresqlExtract } from "./postgresql-extract.ts";

const { values, positionals } = parseArgs({
  options: { sample: { type: "string" } },
  allowPositionals: true,
});
const answering = postgresqlUrl();
const url = answering ?? serverCommand("start");
try {
  const sample = values.sample === undefined ? null : Number(values.sample);
  const act = extractionCase(postgresqlExtract(url));
  await runFolders(positionals, {
    sample,
    atOnce: 2,
    perform: (recorded) => performBy(act, recorded),
  });
} finally {
  if (answering === null) serverCommand("stop");
}
