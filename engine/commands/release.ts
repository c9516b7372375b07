/** The command `release`. */
import { resolve } from "node:path";
import { publishedTables } from "../audit/describe/published-table.ts";
import { auditCertified } from "../audit/audit.ts";
import type { AuditResult } from "../audit/audit-result.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";
import { fail } from "./problems.ts";
import { policyFor, readFolders, textOf } from "./audit-source.ts";
import { packChecks } from "./releases/pack-checks.ts";
import type { Finding, PackChecks } from "./releases/pack-checks.ts";
import { fail as failForRelease } from "./releases/problems.ts";
import { releaseOf } from "./releases/read-release.ts";
import type { ReadFile } from "./releases/read-release.ts";
import { writePack } from "./releases/release-pack.ts";
import { shownFolder } from "./shown-folder.ts";

/** The lines for the person. Problems: usage, release-refused, those of `readFolders`, `auditCertified` and `writePack`. */
export async function releaseMeasures(
  request: RequestOf<"release">,
  { workspace }: RunContext,
): Promise<readonly string[]> {
  refuseUnsaid(request);
  const context = textOf(request.context, workspace).trim();
  const read = await readFolders(request, workspace);
  const policy = policyFor(request, read.description, workspace);
  const how = { budget: request.budget, certifies: true };
  const { result: found, certificate } = auditCertified({ ...read.description, policy }, how);
  const result = { ...found, notModelled: [...found.notModelled, ...read.notModelled] };
  const checks = checksOf(read.files, result);
  const isEmpty = context === "";
  const findings = [
    ...(isEmpty ? [`${request.context} says nothing of what the measures are about`] : []),
    ...auditFindings(result),
    ...checks.refused.map(textOfFinding),
  ];
  if (findings.length > 0) failForRelease("release-refused", { findings });
  const folder = resolve(workspace, request.to);
  const files = await writePack(folder, {
    ...{ context, files: read.files, earlier: request.earlier, audit: result },
    certificate,
    warnings: checks.warnings,
  });
  return [
    `Wrote ${files.length} files to ${shownFolder(workspace, folder)}.`,
    ...checks.warnings.map((each) => `To look at: ${textOfFinding(each)}`),
  ];
}

/** Differences to an earlier release give away as much as one release does. */
function refuseUnsaid({ earlier, firstRelease }: RequestOf<"release">): void {
  if (firstRelease !== earlier.length > 0) return;
  fail("usage", {
    sentence: firstRelease
      ? "--first-release and --earlier cannot both be given"
      : "nothing says what was released before",
    wayOut: "Give --earlier FOLDER for each earlier release, or --first-release.",
  });
}

function checksOf(files: readonly ReadFile[], { policy }: AuditResult): PackChecks {
  const toRelease = files.map((each) => ({
    ...{ file: each.file, bytes: each.bytes.byteLength, areas: each.published.areas },
    leftOut: each.leftOut,
    tables: publishedTables(releaseOf("", [each])),
  }));
  return packChecks(toRelease, policy.small);
}

function textOfFinding({ file, says }: Finding): string {
  return `${file}: ${says}`;
}

/** Without a number: whoever needs them runs the audit. */
function auditFindings(result: AuditResult): readonly string[] {
  const { cells, undecided, contradiction, inputs } = result;
  const unsafe = cells.filter((cell) => cell.unsafe).length;
  return [
    ...(unsafe === 0 ? [] : [`${unsafe} hidden or small numbers can be worked out`]),
    ...(undecided.length === 0 ? [] : [`${undecided.length} numbers are undecided`]),
    ...(contradiction === null
      ? []
      : [`these tables cannot all be true: ${contradiction.tables.join(", ")}`]),
    ...inputs
      .filter(({ patientLevel }) => patientLevel)
      .map(({ release, file }) => `${release}/${file} has a row for each patient`),
  ];
}
