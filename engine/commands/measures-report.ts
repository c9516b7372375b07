/** The command `measures_report`. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { MADE_BY_ENGINE } from "../base/made-by-engine.ts";
import { chartsOf } from "../charts/measure-chart.ts";
import type { MeasureChart, ReadMeasure } from "../charts/measure-chart.ts";
import { measuresPage } from "../charts/measures-page.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { measureFilesIn } from "./measures/measure-files.ts";
import { measuresElsewhere } from "./measures/measures-elsewhere.ts";
import { readPictures } from "./measures/read-pictures.ts";
import { fail } from "./problems.ts";
import { finished } from "./reporting/summary.ts";
import { shownFolder } from "./shown-folder.ts";
import { writeInto } from "./write-into.ts";

/** Writes the page, and nothing where a file of the folder has a problem: all of them are reported. */
export async function measuresReport(
  request: RequestOf<"measures_report">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const { workspace } = context;
  const folder = resolve(workspace, request.outputDir);
  const charts = chartsOf(await readAll(folder, context), request.rate);
  const page =
    request.outputFile === undefined
      ? join(folder, "measures.html")
      : resolve(workspace, request.outputFile);
  const text = measuresPage(charts, MADE_BY_ENGINE);
  const pictures = request.pictures === undefined ? null : resolve(workspace, request.pictures);
  const drawn =
    pictures === null ? [] : await writePictures(pictures, charts, request.pictureFormat);
  await writeInto(page, Buffer.from(text));
  const shown = shownFolder(workspace, page);
  context.reporter.report({
    kind: "written",
    file: shown,
    rows: charts.length,
    bytes: Buffer.byteLength(text),
  });
  return finished(
    "measures_report",
    { written: [shown, ...drawn.map((file) => shownFolder(workspace, file))], kept: [] },
    began,
    context,
  );
}

async function readAll(folder: string, context: RunContext): Promise<readonly ReadMeasure[]> {
  const files = existsSync(folder) ? measureFilesIn(folder) : [];
  const shown = shownFolder(context.workspace, folder);
  if (files.length === 0) {
    fail("no-measure-files", { folder: shown, elsewhere: measuresElsewhere(context.workspace) });
  }
  const read = await readPictures(files, context);
  if (read.length === 0) fail("no-measure-files", { folder: shown, elsewhere: [] });
  return read;
}

/** Absolute paths. */
async function writePictures(
  folder: string,
  charts: readonly MeasureChart[],
  format: RequestOf<"measures_report">["pictureFormat"],
): Promise<readonly string[]> {
  const { wholePicture } = await import("../charts/whole-picture.ts");
  const png = format === "svg" ? null : await import("../charts/png.ts");
  const written: string[] = [];
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    await writeInto(path, bytes);
    written.push(path);
  };
  for (const chart of charts) {
    const svg = wholePicture(chart);
    const stem = join(folder, `measure_${chart.facts.id}`);
    if (format !== "png") await write(`${stem}.svg`, Buffer.from(svg));
    if (png !== null) await write(`${stem}.png`, await png.pngOf(svg));
  }
  return written;
}
