/** The cohort files that are joined: which they are, what is known of them, and whether they fit together. */
import { basename, dirname, resolve } from "node:path";
import { cohortFormats, formatOf } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { fail as failForTable } from "../../table/problems.ts";
import type { RunContext } from "../context.ts";
import { readOrigin } from "../manifest/cohort-origin.ts";
import type { CohortOrigin } from "../manifest/cohort-origin.ts";
import { readManifest } from "../manifest/manifest.ts";
import { fail, problem } from "../problems.ts";
import { matchingFiles } from "./matching-files.ts";

export interface JoinInput {
  /** From the workspace. */
  readonly path: string;
  readonly format: CohortFormat;
  readonly sha256: string;
  /** Null where this engine did not make the file as it is. */
  readonly origin: CohortOrigin | null;
}

export interface JoinInputs {
  readonly lefts: readonly JoinInput[];
  readonly right: JoinInput;
}

/**
 * Problems: pattern-matches-nothing, join-right-many, join-same-name, join-output-folder, unknown-file-format,
 * join-types-unknown, join-data-mixed, in a pipeline join-input-altered, and those of reading files.
 */
export async function joinInputs(
  { lhs, rhs, outputDir }: RequestOf<"cohort_joiner">,
  context: RunContext,
): Promise<JoinInputs> {
  const { workspace } = context;
  const [found = "", ...others] = matchingFiles({ option: "--rhs", pattern: rhs }, workspace);
  if (others.length > 0) fail("join-right-many", { pattern: rhs, files: [found, ...others] });
  const matched = matchingFiles({ option: "--lhs", pattern: lhs }, workspace);
  const paths = matched.filter((path) => path !== found);
  if (paths.length < matched.length) {
    const text = `${found} matches --lhs too; it is not joined to itself`;
    context.reporter.report({ kind: "message", text });
  }
  if (paths.length === 0)
    fail("pattern-matches-nothing", { option: "--lhs", pattern: lhs, nearest: [] });
  refuseClashes([...paths, found], paths, { outputDir, workspace });
  const right = await inputOf(found, context);
  const lefts: JoinInput[] = [];
  for (const path of paths) lefts.push(await inputOf(path, context));
  for (const left of lefts) mustFit(left, right);
  return { lefts, right };
}

function refuseClashes(
  all: readonly string[],
  lefts: readonly string[],
  { outputDir, workspace }: { readonly outputDir: string; readonly workspace: string },
): void {
  const folder = resolve(workspace, outputDir);
  const file = all.find((path) => dirname(resolve(workspace, path)) === folder);
  if (file !== undefined) fail("join-output-folder", { folder: outputDir, file });
  for (const path of lefts) {
    const files = lefts.filter((other) => basename(other) === basename(path));
    if (files.length > 1) fail("join-same-name", { files });
  }
}

async function inputOf(path: string, context: RunContext): Promise<JoinInput> {
  const file = resolve(context.workspace, path);
  const format =
    formatOf(basename(path)) ??
    failForTable("unknown-file-format", { file: path, known: cohortFormats });
  const sha256 = await fileSha256(file);
  const manifest = readManifest(dirname(file));
  const name = basename(path);
  const entry = Object.hasOwn(manifest, name) ? manifest[name] : undefined;
  const recorded = context.recordedInputs?.[path];
  const known = recorded?.sha256 ?? entry?.sha256;
  if (known !== undefined && known !== sha256) tellAltered(path, context);
  const isOurs = entry?.sha256 === sha256;
  return { path, format, sha256, origin: isOurs ? readOrigin(entry.origin) : null };
}

function tellAltered(path: string, { recordedInputs, reporter }: RunContext): void {
  if (recordedInputs !== undefined) fail("join-input-altered", { files: [path] });
  const altered = problem("join-input-altered", { files: [path] });
  reporter.report({ kind: "warning", problem: altered });
}

function mustFit(left: JoinInput, right: JoinInput): void {
  if (isText(right.format) && !isText(left.format)) {
    fail("join-types-unknown", { left: left.path, right: right.path });
  }
  if (left.origin === null || right.origin === null) return;
  const [real, dummy] = left.origin.data === "database" ? [left, right] : [right, left];
  const isMixed = (real.origin?.data === "database") !== (dummy.origin?.data === "database");
  if (isMixed) fail("join-data-mixed", { dummy: dummy.path, real: real.path });
}

/** Whether a format has texts only. */
export function isText(format: CohortFormat): boolean {
  return format === "csv" || format === "csv.gz";
}
