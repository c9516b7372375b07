/** What an action made in its working folder, held against what it declares. */
import { statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fail } from "../problems.ts";
import type { Manifest, ManifestEntry } from "../../commands/manifest/manifest-text.ts";
import { pageFacts } from "./page-facts.ts";
import { checkLevels } from "../../release/check-output.ts";
import type { OutputToCheck } from "../../release/check-output.ts";
import { isPatientTable } from "../../release/patient-rows.ts";
import { columnCount, tableSize } from "../../release/table-size.ts";
import { enclose } from "../../files/enclosure.ts";
import type { Enclosure } from "../../files/enclosure.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import { isBuiltIn, securityLevels } from "../project/project.ts";
import type { Action, DeclaredOutput, SecurityLevel } from "../project/project.ts";
import { stricterOutput } from "../project/two-levels.ts";
import { patternMatcher } from "../../base/path-pattern.ts";
import { filesBelow } from "../state/files-below.ts";
import { holdsPatients } from "../state/action-state.ts";
import type { MadeOutput } from "../state/action-state.ts";
import { needsInOrder } from "../state/needs-in-order.ts";
import { placeOf } from "../state/plan.ts";
import { stampOf } from "../state/file-stamp.ts";
import type { RecordedOutput } from "../record/run-record.ts";
import type { ActionRun } from "./action-run.ts";
import { manifestIn } from "./working-folder.ts";
import type { WorkingFolder } from "./working-folder.ts";

export interface OutputFiles {
  /** Paths that match a declared output, sorted, and what declares them. */
  readonly matched: ReadonlyMap<string, DeclaredOutput>;
  /** Of these, what another action made that it needs: it stays as it was, and this is kept apart. */
  readonly rewritten: ReadonlySet<string>;
  /** Files of other actions that it changed and does not declare as highly sensitive, sorted: they stay as they were. */
  readonly changed: readonly string[];
  /** Other files that it made, sorted. */
  readonly others: readonly string[];
  readonly unmatched: readonly string[];
}

/** What programs keep for themselves: nobody would have declared it. */
const OWN_TO_PROGRAMS = /(^|\/)(__pycache__|\.[^/]+)\//;

/**
 * Files that are new or changed. Code that was changed does not count as made; a file of another action only where
 * nobody may see it: that of the other action stays, and could be taken for this one. `upToDate` names own files
 * that are as good as new.
 */
export function outputFiles(
  action: Action,
  { root, staged, inputs, own }: WorkingFolder,
  upToDate: ReadonlySet<string>,
): OutputFiles {
  const isChanged = (path: string, before: string | undefined): boolean =>
    before !== undefined && stampOf(join(root, path)) !== before;
  const isRewritten = (path: string): boolean =>
    !own.has(path) && isChanged(path, inputs.get(path));
  const isMade = (path: string): boolean => {
    if (!staged.has(path)) return true;
    if (!own.has(path)) return isRewritten(path);
    return upToDate.has(basename(path)) || isChanged(path, own.get(path));
  };
  const made = filesBelow(root).filter(isMade).sort();
  const declared = [...action.outputs]
    .sort((a, b) => securityLevels.indexOf(a.level) - securityLevels.indexOf(b.level))
    .map((output) => ({ output, matches: patternMatcher(output.pattern) }));
  const matched = new Map<string, DeclaredOutput>();
  const [rewritten, changed] = [new Set<string>(), new Set<string>()];
  for (const path of made) {
    // The least sensitive that claims it: that it is also more sensitive is then seen.
    const found = declared.findLast(({ matches }) => matches(path));
    const isOther = staged.has(path) && !own.has(path);
    if (isOther) (found?.output.level === "highly_sensitive" ? rewritten : changed).add(path);
    if (found !== undefined && !changed.has(path)) matched.set(path, found.output);
  }
  refuseOddNames(action, root, [...matched.keys()]);
  const others = made.filter(
    (path) => !matched.has(path) && !changed.has(path) && !OWN_TO_PROGRAMS.test(path),
  );
  const unmatched = declared
    .filter(({ matches }) => ![...matched.keys()].some(matches))
    .map(({ output }) => output.pattern);
  return { matched, rewritten, changed: [...changed], others, unmatched };
}

/** A name that is not UTF-8 cannot be reported, and what is read in its place is no file. */
function refuseOddNames(action: Action, root: string, paths: readonly string[]): void {
  const odd = paths.filter((path) => path.includes("\ufffd") && stampOf(join(root, path)) === "");
  if (odd.length > 0) fail("output-name-not-text", { action: action.name, files: odd });
}

export interface CheckedFiles {
  readonly outputs: readonly RecordedOutput[];
  /** What people should know of them. */
  readonly notes: readonly string[];
}

/** Measures each file, and checks those that researchers may see. */
export async function checkedOutputs(
  run: ActionRun,
  { root }: WorkingFolder,
  { matched, rewritten }: OutputFiles,
): Promise<CheckedFiles> {
  const entryOf = engineEntries(run, root);
  const files: MeasuredFile[] = [];
  for (const [path, { level }] of matched) {
    const file = join(root, path);
    const entry = entryOf(path);
    files.push({ file, path, level, entry, ...(await measured(file, entry)) });
  }
  const open = files.filter(({ level }) => level !== "highly_sensitive");
  const asked = await Promise.all(open.map(toCheck(enclose(root), run)));
  const { outputs: checked, unread } = await checkLevels(asked, patientTables(run));
  const stricter = stricterOutput(run.now.project);
  const outputs = files.map(({ path, level, sha256, bytes, rows, columns }) => {
    const at = open.findIndex((each) => each.path === path);
    const other = stricter(path, level);
    const withheld = other === undefined ? (checked[at]?.withheld ?? null) : twoLevelsReason(other);
    const rewrites = rewritten.has(path) ? makerOf(run, path) : null;
    return { path, level, sha256, bytes, rows, columns, withheld, rewrites };
  });
  const formulas = open.map(({ path }, i) => [path, checked[i]?.formulas ?? 0] as const);
  return { outputs, notes: [...formulaNotes(formulas), ...unreadNotes(run, unread)] };
}

/** The action whose file of that path it was given. */
function makerOf({ planned, now }: ActionRun, path: string): string | null {
  const makes = (name: string): boolean =>
    now.stateOf(name)?.outputs.some((each) => each.path === path) === true;
  const maker = needsInOrder(planned.action, now.project).findLast(({ name }) => makes(name));
  return maker?.name ?? null;
}

interface MeasuredFile extends Measured {
  readonly file: string;
  readonly path: string;
  readonly level: SecurityLevel;
  readonly entry: ManifestEntry | undefined;
}

function toCheck(within: Enclosure, run: ActionRun): (of: MeasuredFile) => Promise<OutputToCheck> {
  // Files that were judged before may be handed on as they are.
  const needed = outputsOfNeeds(run);
  const passed = letPass(needed);
  const page = pageFacts(run.planned.action.request, needed);
  return async ({ file, path, entry }) => {
    const sha256 = await fileSha256(file);
    return {
      ...{ file, within, path },
      patientLevel: entry?.patient_level === true,
      exactNumbers: page.isExact || entry?.attrition?.rounding === null,
      drawnFrom: page.drawnFrom,
      madeByEngine: page.isPage || entry?.sha256 === sha256 || passed.has(sha256),
    };
  };
}

function outputsOfNeeds({ planned, now }: ActionRun): readonly MadeOutput[] {
  return planned.action.needs.flatMap(({ name }) => now.stateOf(name)?.outputs ?? []);
}

/** Files of the action's needs that people may see: what is handed on unchanged shows nothing new. */
function letPass(outputs: readonly MadeOutput[]): ReadonlySet<string> {
  return new Set(outputs.filter((each) => !holdsPatients(each)).map(({ sha256 }) => sha256));
}

const MOST_NAMED = 5;

function formulaNotes(files: readonly (readonly [path: string, cells: number])[]): string[] {
  const found = files.filter(([, cells]) => cells > 0);
  if (found.length === 0) return [];
  const named = found
    .slice(0, MOST_NAMED)
    .map(([path, cells]) => `${path} (${cells} ${cells === 1 ? "cell" : "cells"})`);
  const more = found.length > MOST_NAMED ? ", …" : "";
  return [`Cells that a spreadsheet would run as formulas: ${named.join(", ")}${more}`];
}

function unreadNotes({ now }: ActionRun, unread: readonly string[]): string[] {
  if (unread.length === 0) return [];
  const named = unread.map((file) => relative(now.folder, file)).slice(0, MOST_NAMED);
  return [`Could not be read, so outputs were not compared with them: ${named.join(", ")}`];
}

function twoLevelsReason({ pattern, level }: DeclaredOutput): string {
  return `matches ${JSON.stringify(pattern)} too, which is declared ${level}`;
}

type Measured = Pick<RecordedOutput, "rows" | "columns" | "sha256" | "bytes">;

/** What the engine recorded while it wrote a file needs no second reading of the file. */
async function measured(file: string, entry: ManifestEntry | undefined): Promise<Measured> {
  if (entry !== undefined) {
    const { rows, sha256, bytes } = entry;
    return { rows, sha256, bytes, columns: await columnCount(file) };
  }
  const { rows, columns } = (await tableSize(file)) ?? { rows: null, columns: null };
  return { rows, columns, sha256: await fileSha256(file), bytes: statSync(file).size };
}

/** What a cohort command recorded of its files. A program's word does not count. */
function engineEntries(
  { planned }: ActionRun,
  root: string,
): (path: string) => ManifestEntry | undefined {
  if (!isBuiltIn(planned.action)) return () => undefined;
  const manifests = new Map<string, Manifest>();
  return (path) => {
    const inside = dirname(path);
    const manifest = manifests.get(inside) ?? manifestIn(root, inside);
    manifests.set(inside, manifest);
    return manifest[basename(path)];
  };
}

/**
 * Tables of patients that the action could read, where they lie, and those that they were made from:
 * a program may have given the patients' numbers another name.
 */
function patientTables({ planned, now }: ActionRun): readonly string[] {
  const known = new Map(now.project.actions.map((action) => [action.name, action]));
  const tables = new Set<string>();
  const asked = new Set<string>();
  const visit = (action: Action): void => {
    for (const { name } of action.needs.filter((need) => !asked.has(need.name))) {
      asked.add(name);
      const [state, need] = [now.stateOf(name), known.get(name)];
      const patients = state?.outputs.filter(holdsPatients) ?? [];
      const { fileName = name } = state ?? {};
      for (const output of patients.filter(({ path }) => isPatientTable(path))) {
        tables.add(placeOf(output, { fileName }, now));
      }
      if (patients.length > 0 && need !== undefined) visit(need);
    }
  };
  visit(planned.action);
  return [...tables];
}
