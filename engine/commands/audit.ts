/** The command `audit`: what can be worked out from published measures, as lines, files and an exit code. */
import { resolve } from "node:path";
import { auditCertified } from "../audit/audit.ts";
import { repairsText } from "../audit/repair/repairs-file.ts";
import { auditLines, chosenRepair } from "../audit/audit-lines.ts";
import type { AuditResult } from "../audit/audit-result.ts";
import type { Certificate } from "../audit/certificate/certificate.ts";
import type { Watch } from "../audit/watch.ts";
import { sortedJson } from "../audit/sorted-json.ts";
import type { RequestOf } from "../options/command-table.ts";
import { described, policyFor } from "./audit-source.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { refuseOverwriting } from "./releases/audit-outputs.ts";
import { auditPage } from "./releases/audit-page.ts";
import { auditVerdict, verdictLine } from "./releases/audit-verdict.ts";
import { fail } from "./problems.ts";
import type { AuditLines } from "./threads/audit-thread.ts";
import { finished } from "./reporting/summary.ts";
import { shownFolder } from "./shown-folder.ts";
import { writeInto } from "./write-into.ts";

/**
 * Exit code 1 where something must not be released, 130 where it was stopped before that was known. A certificate is written only where all is releasable. Problems:
 * usage, those of `described` and `audit`, and of writing.
 */
export async function auditCommand(
  request: RequestOf<"audit">,
  folder: string,
  watch: Watch,
): Promise<AuditLines> {
  const { result } = await audited(request, folder, watch);
  const { json, showValues: showsValues, repair: file, repairBy: by, budget } = request;
  const repair = file === undefined ? undefined : { file, by };
  const isStopped = watch.isStopped() && !result.releasable;
  const showing = { showsValues, repair, budget, isStopped };
  const lines = json ? [sortedJson(result)] : auditLines(result, showing);
  return { lines, exitCode: isStopped ? 130 : result.releasable ? 0 : 1 };
}

/** The same as an action of a pipeline: its verdict is a result and no failure, and no line of it names a cell. */
export async function auditMeasures(
  request: RequestOf<"audit">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const { workspace, reporter, signal } = context;
  const watch: Watch = {
    isStopped: () => signal.aborted,
    progress: (work) => reporter.progress(work),
  };
  const { result, written } = await audited(request, workspace, watch);
  const line = verdictLine(result);
  reporter.report({ kind: "message", text: line });
  const folder = shownFolder(workspace, resolve(workspace, request.outputDir ?? "output"));
  const summary = finished("audit", { written, kept: [] }, began, context);
  return { ...summary, audit: { line, verdict: auditVerdict(result, folder) } };
}

interface Audited {
  readonly result: AuditResult;
  /** From the workspace. */
  readonly written: readonly string[];
}

async function audited(
  request: RequestOf<"audit">,
  folder: string,
  watch: Watch,
): Promise<Audited> {
  const { budget, certificate: file, repair, repairBy } = request;
  refuseOverwriting(request, folder);
  if (repairBy !== undefined && repair === undefined)
    fail("usage", {
      sentence: "--repair-by says which repair is written, and no file is named for it",
      wayOut: "Give --repair FILE as well.",
    });
  const { description, notModelled } = await described(request, folder);
  const policy = policyFor(request, description, folder);
  const certifies = file !== undefined;
  const { result: found, certificate } = auditCertified(
    { ...description, policy },
    { budget, certifies, repairs: repair !== undefined, watch },
  );
  const result: AuditResult = { ...found, notModelled: [...found.notModelled, ...notModelled] };
  return { result, written: await writeFiles(request, folder, { result, certificate }) };
}

async function writeFiles(
  { certificate: file, html, repair: repairs, repairBy }: RequestOf<"audit">,
  folder: string,
  {
    result,
    certificate,
  }: { readonly result: AuditResult; readonly certificate: Certificate | null },
): Promise<readonly string[]> {
  const written: string[] = [];
  const write = async (path: string, text: string): Promise<void> => {
    const place = resolve(folder, path);
    await writeInto(place, Buffer.from(text));
    written.push(shownFolder(folder, place));
  };
  if (html !== undefined) await write(html, auditPage(result));
  if (file !== undefined && certificate !== null) await write(file, `${sortedJson(certificate)}\n`);
  const repair = chosenRepair(result.repairs, repairBy);
  if (repairs !== undefined && repair !== undefined)
    await write(repairs, repairsText(repair.actions));
  return written;
}
