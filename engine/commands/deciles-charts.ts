/** The command `deciles_charts`: tables and pictures of the action of that name, without a container. */
import { basename, dirname, join, resolve } from "node:path";
import { decilesOf, FEWEST_VALUES } from "../measures/deciles.ts";
import type { Deciles } from "../measures/deciles.ts";
import { columnsOfFile } from "../measures/read-figures.ts";
import { readMeasure } from "../measures/read-measure.ts";
import type { MeasureColumns } from "../measures/read-measure.ts";
import { floatText } from "../base/value-types.ts";
import { writeWholeFile } from "../files/whole-file.ts";
import type { RequestOf } from "../options/command-table.ts";
import { csvText } from "../table/csv-text.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { matchingFiles } from "./joiner/matching-files.ts";
import { inOutputFolder } from "./manifest/output-folder.ts";
import { readManifest } from "./manifest/manifest.ts";
import { fail, problem } from "./problems.ts";
import { finished } from "./reporting/summary.ts";
import { shownFolder } from "./shown-folder.ts";
import { decilesConfig } from "./measures/deciles-config.ts";

/** Files of single dates have a `-` in their names, which is no word character. */
const MEASURE = /^measure_(\w+)\.csv$/;

/** Problems: pattern-matches-nothing, deciles-config, and those of reading measures. */
export async function decilesCharts(
  request: RequestOf<"deciles_charts">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const { workspace } = context;
  const config = decilesConfig(request.config);
  const pattern = { option: "--input-files", pattern: request.inputFiles };
  const paths = matchingFiles(pattern, workspace).filter((path) => MEASURE.test(basename(path)));
  if (paths.length === 0) fail("pattern-matches-nothing", { ...pattern, nearest: [] });
  const folder = resolve(workspace, request.outputDir);
  const place = { folder, outer: config.outer };
  const written = await inOutputFolder(folder, "deciles_charts", context, async () => [
    ...(await writeTables(config.tables ? paths : [], place, context)),
    ...(await writePictures(config.charts ? paths : [], place, context)),
  ]);
  const summary = { folder: shownFolder(workspace, folder), written, kept: [] };
  return finished("deciles_charts", summary, began, context);
}

interface Place {
  readonly folder: string;
  readonly outer: boolean;
}

async function writeTables(
  paths: readonly string[],
  { folder, outer }: Place,
  context: RunContext,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const path of paths) {
    const id = MEASURE.exec(basename(path))?.[1] ?? "";
    const name = `deciles_table_${id}.csv`;
    const { columns, found } = await decilesIn(resolve(context.workspace, path), id, { outer });
    warnOfFew(path, found, context);
    const text = tableText(columns, found);
    await writeWholeFile(join(folder, name), Buffer.from(text));
    written.push(name);
    const rows = text.split("\n").length - 2;
    context.reporter.report({ kind: "written", file: name, rows, bytes: text.length });
  }
  return written;
}

/** As `measures_report` draws deciles, but of any number of values: few are marked in the picture. */
async function writePictures(
  paths: readonly string[],
  { folder, outer }: Place,
  { workspace, reporter }: RunContext,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const { decilePicture } = await import("./measures/decile-picture.ts");
  const written: string[] = [];
  for (const path of paths) {
    const id = MEASURE.exec(basename(path))?.[1] ?? "";
    const file = resolve(workspace, path);
    const png = await decilePicture(file, await columnsOf(file, id), { outer });
    const name = `deciles_chart_${id}.png`;
    await writeWholeFile(join(folder, name), png);
    written.push(name);
    reporter.report({ kind: "written", file: name, rows: 0, bytes: png.length });
  }
  return written;
}

async function decilesIn(file: string, id: string, { outer }: { readonly outer: boolean }) {
  const columns = await columnsOf(file, id);
  return { columns, found: await decilesOf(readMeasure(file, columns), { outer }) };
}

/** As the manifest says, otherwise as the header does. */
async function columnsOf(file: string, id: string): Promise<MeasureColumns> {
  const known = readManifest(dirname(file))[basename(file)]?.measure;
  return known ?? (await columnsOfFile(file, id));
}

/** A row for each date and percentile; the columns behind the first group stand between. */
function tableText({ groups }: MeasureColumns, found: readonly Deciles[]): string {
  const rows = found.flatMap(({ date, groups: labels, percentiles }) =>
    percentiles.map(({ percentile, value }) => [
      date,
      ...labels,
      String(percentile),
      value === null ? "" : floatText(value),
    ]),
  );
  return csvText([["date", ...groups.slice(1), "percentile", "value"], ...rows]);
}

/** Deciles of few values, or of those that are left where others are hidden, mislead. */
function warnOfFew(path: string, found: readonly Deciles[], context: RunContext): void {
  const dates = (wanted: (each: Deciles) => boolean) => [
    ...new Set(found.filter(wanted).map(({ date }) => date)),
  ];
  const few = dates(({ values }) => values < FEWEST_VALUES);
  const hidden = dates((each) => each.hidden > 0);
  if (few.length > 0)
    warn(problem("deciles-of-few", { file: path, fewest: FEWEST_VALUES, dates: few }), context);
  if (hidden.length > 0) warn(problem("deciles-of-hidden", { file: path, dates: hidden }), context);
}

function warn(found: ReturnType<typeof problem>, { reporter }: Pick<RunContext, "reporter">): void {
  reporter.report({ kind: "warning", problem: found });
}
