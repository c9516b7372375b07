/**
 * Runs folders of recorded cases on the ladder: `npm run conformance:mssql -- [--sample N] DIR…`. Statements are held
 * to Microsoft's grammar of 2016, to the lint, and run translated. With a sample, N cases of each folder, evenly apart.
 */
import { parseArgs } from "node:util";
import { extractionCase } from "../conformance/extraction-cases.ts";
import type { Outcome, RecordedCase } from "../conformance/case.ts";
import { performBy } from "../conformance/perform.ts";
import { runFolders } from "../conformance/run-folders.ts";
import { translatedExtract } from "./translated-extract.ts";
import { installedPython, tsqlTools } from "./tsql-tools.ts";

const { values, positionals } = parseArgs({
  options: { sample: { type: "string" } },
  allowPositionals: true,
});
const sample = values.sample === undefined ? null : Number(values.sample);
const python = installedPython();
const all = [tsqlTools(python), tsqlTools(python)];
const free = [...all];
try {
  await runFolders(positionals, { sample, atOnce: all.length, perform });
} finally {
  for (const each of all) each.stop();
}

async function perform(recorded: RecordedCase): Promise<Outcome> {
  const tools = free.pop();
  if (tools === undefined) throw new Error("more cases at once than processes");
  try {
    return await performBy(extractionCase(translatedExtract(tools)), recorded);
  } finally {
    free.push(tools);
  }
}
