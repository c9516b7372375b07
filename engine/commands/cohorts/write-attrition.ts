/** The file that says who is in the cohorts of a study and why, written beside them. */
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { attritionFileName, cohortFileName } from "../../base/file-names.ts";
import type { AttritionCounts, Backend, Cohort } from "../../backend/backend.ts";
import { attritionSteps } from "../../definition/attrition-steps.ts";
import type { AttritionSteps } from "../../definition/attrition-steps.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import { csvText } from "../../table/csv-text.ts";
import type { RunContext, RunSummary } from "../context.ts";
import { fingerprintOf } from "../manifest/fingerprint.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import { problem } from "../problems.ts";
import { attritionTable, leftOf } from "./attrition-table.ts";
import type { AttritionNumbers, PatientsLeft } from "./attrition-table.ts";
import type { CohortIdentity } from "./cohort-fingerprint.ts";
import type { StudyRun } from "./planned-cohorts.ts";

export interface AttritionOf {
  readonly run: StudyRun;
  readonly identity: (indexDate: IsoDate | null) => CohortIdentity;
  /** Null where patients are made up or supplied: they are all in the cohort. */
  readonly backend: Pick<Backend, "cohorts"> | null;
}

/** Writes the cohorts of the study that it is given, and tells of each whose rows have been read. */
export type WriteCohorts = (
  study: CheckedStudy,
  onRead: (cohort: Cohort) => void,
) => Promise<RunSummary>;

/** Writes the cohorts, then the file if the run asks for it and it is not there, made from the same things. */
export async function withAttrition(
  asked: AttritionOf,
  writeCohorts: WriteCohorts,
  context: RunContext,
): Promise<RunSummary> {
  const { study } = asked.run.study;
  const wanted = attritionToWrite(asked, context);
  if (wanted === null) return writeCohorts(study, () => undefined);
  const { folder, file, fingerprint, backend } = wanted;
  const { skipExisting } = asked.run.cohorts;
  if (skipExisting && (await isDone(readManifest(folder), join(folder, file), fingerprint))) {
    const summary = await writeCohorts(study, () => undefined);
    context.reporter.report({ kind: "kept", file });
    return { ...summary, kept: [...summary.kept, file] };
  }
  await forgetEarlier(folder, file);
  const counted: Counted = new Map();
  const steps = attritionSteps(study);
  const summary = await writeCohorts(backend === null ? study : steps.study, (cohort) => {
    keepCounts(counted, cohort);
  });
  await writeFile(wanted, await attritionOf(wanted, steps, counted, context), context);
  return { ...summary, written: [...summary.written, file] };
}

interface AttritionToWrite {
  readonly study: CheckedStudy;
  readonly backend: AttritionOf["backend"];
  readonly numbers: AttritionNumbers;
  /** Absolute. */
  readonly folder: string;
  readonly file: string;
  readonly fingerprint: string;
  readonly cohorts: readonly {
    readonly indexDate: IsoDate | null;
    readonly name: string;
    readonly fingerprint: string;
  }[];
  /** Who they are that the first step begins with. */
  readonly patients: string;
}

function attritionToWrite(
  { run, identity, backend }: AttritionOf,
  { workspace }: RunContext,
): AttritionToWrite | null {
  const { outputDir, outputName, suffix, format, attrition: numbers, source } = run.cohorts;
  if (numbers === null) return null;
  const { study } = run.study;
  const files = [...run.indexDates].sort().map((indexDate) => {
    const name = cohortFileName(outputName, suffix, indexDate, format);
    return { indexDate, name, fingerprint: identity(indexDate).fingerprint };
  });
  return {
    ...{ study, backend, numbers, patients: FIRST[source.kind] },
    folder: resolve(workspace, outputDir),
    file: attritionFileName(outputName, suffix),
    fingerprint: fingerprintOf({ attrition: files, numbers }),
    cohorts: files,
  };
}

const FIRST = {
  database: "patients of the database",
  expectations: "dummy patients",
  "dummy-file": "patients of the supplied file",
} as const;

/** Beside cohorts that are made anew, the file of an earlier run would look as if it were of them. */
async function forgetEarlier(folder: string, file: string): Promise<void> {
  const entry = readManifest(folder)[file];
  if (entry?.attrition === undefined) return;
  await rm(join(folder, file), { force: true });
  await recordFiles(folder, {}, [file]);
}

type Counted = Map<IsoDate | null, AttritionCounts>;

function recountText({ indexDate }: Cohort, rows: number): string {
  return `${indexDate ?? "the cohort"}: counted again what its conditions leave, ${rows} patients at the end`;
}

function keepCounts(counted: Counted, { indexDate, attrition }: Cohort): void {
  if (attrition !== undefined) counted.set(indexDate, attrition());
}

async function attritionOf(
  wanted: AttritionToWrite,
  { conditions, study }: AttritionSteps,
  counted: Counted,
  context: RunContext,
): Promise<ReturnType<typeof attritionTable>> {
  const { backend, cohorts, patients, numbers } = wanted;
  if (backend !== null) await countKept(backend, { study, cohorts, counted }, context);
  const manifest = readManifest(wanted.folder);
  const dates = cohorts.map(({ indexDate, name }): PatientsLeft => {
    const counts = counted.get(indexDate);
    const left =
      counts === undefined
        ? [0, ...conditions].map(() => manifest[name]?.rows ?? 0)
        : leftOf(counts, conditions.length);
    return { indexDate: indexDate ?? study.indexDate, left };
  });
  const leavesOut = [...counted.values()].some(({ leavesOutOptedOut }) => leavesOutOptedOut);
  const steps = [patients, ...(leavesOut ? [NOT_OPTED_OUT] : []), ...conditions];
  return attritionTable(steps, dates, numbers);
}

const NOT_OPTED_OUT = "did not opt out of data sharing";

/** Counts where the cohort file was there already: of the study's columns only the population is asked. */
async function countKept(
  backend: Pick<Backend, "cohorts">,
  { study, cohorts, counted }: Pick<AttritionToWrite, "study" | "cohorts"> & { counted: Counted },
  context: RunContext,
): Promise<void> {
  const dates = cohorts.map(({ indexDate }) => indexDate).filter((date) => !counted.has(date));
  if (dates.length === 0) return;
  for await (const cohort of backend.cohorts({ ...study, output: [] }, dates)) {
    // Counts are known when the rows have been read.
    let rows = 0;
    for await (const batch of cohort.batches) rows += batch.rows;
    keepCounts(counted, cohort);
    context.reporter.report({ kind: "message", text: recountText(cohort, rows) });
  }
}

async function writeFile(
  { study, folder, file, fingerprint, cohorts, numbers, backend, patients }: AttritionToWrite,
  table: ReturnType<typeof attritionTable>,
  { reporter }: RunContext,
): Promise<void> {
  const written = await writeWholeFile(join(folder, file), Buffer.from(csvText(table)));
  const [rows, { name }] = [table.length - 1, study];
  const rounding = numbers === "exact" ? null : "midpoint6";
  const counted = Object.fromEntries(cohorts.map((each) => [each.name, each.fingerprint]));
  const attrition = { study: name, rounding, cohorts: counted } as const;
  const entry = { fingerprint, rows, ...written, attrition };
  await recordFiles(folder, { [file]: entry });
  reporter.report({ kind: "written", file, rows, bytes: written.bytes });
  if (backend !== null) return;
  const facts = { study: name, file, patients };
  reporter.report({ kind: "warning", problem: problem("attrition-of-dummy-data", facts) });
}
