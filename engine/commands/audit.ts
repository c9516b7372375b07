/** The command `audit`: what can be worked out from published measures, as lines and an exit code. */
import { resolve } from "node:path";
import { audit } from "../audit/audit.ts";
import { auditLines } from "../audit/audit-lines.ts";
import type { AuditResult } from "../audit/audit-result.ts";
import type { Description, Policy } from "../audit/describe/description.ts";
import { fail } from "../audit/problems.ts";
import { readDescription, readKnown, readPolicy } from "../audit/describe/read-description.ts";
import { sortedJson } from "../audit/sorted-json.ts";
import { readSmallFile } from "../files/small-file.ts";
import type { RequestOf } from "../options/command-table.ts";
import { fail as failForCommand } from "./problems.ts";
import { describeFolders } from "./releases/describe-folder.ts";
import type { DescribedFolder } from "./releases/describe-folder.ts";
import { readReleaseFiles } from "./releases/read-release.ts";
import { shownFolder } from "./shown-folder.ts";

type AuditRequest = RequestOf<"audit">;

/** More than a release may have. */
const LARGEST_DESCRIPTION = 2 ** 29;

/**
 * Exit code 1 where something must not be released. Problems: usage, those of `readDescription`, `readReleaseFiles`
 * and `audit`.
 */
export async function auditCommand(
  request: AuditRequest,
  folder: string,
): Promise<{ readonly lines: readonly string[]; readonly exitCode: 0 | 1 }> {
  const { showValues, budget, json } = request;
  const { description, notModelled } = await described(request, folder);
  const policy = policyFor(request, description, folder);
  const audited = audit({ ...description, policy }, budget);
  const result: AuditResult = {
    ...audited,
    notModelled: [...audited.notModelled, ...notModelled],
  };
  const lines = json ? [sortedJson(result)] : auditLines(result, showValues);
  return { lines, exitCode: result.releasable ? 0 : 1 };
}

function policyFor(
  { policy: file, attacker }: AuditRequest,
  { policy }: Description,
  folder: string,
): Partial<Policy> {
  const given = file === undefined ? policy : readPolicy(textOf(file, folder), file);
  return { ...given, ...(attacker === undefined ? {} : { attacker }) };
}

async function described(request: AuditRequest, folder: string): Promise<DescribedFolder> {
  const { description: file, outputDir, studyDefinition: study, earlier, known } = request;
  if (file !== undefined) {
    refuseFolderOptions(request);
    return { description: readDescription(textOf(file, folder), file), notModelled: [] };
  }
  const folders = [];
  for (const given of [...earlier, outputDir ?? "output"]) {
    const path = resolve(folder, given);
    const name = shownFolder(folder, path);
    folders.push({ name, files: await readReleaseFiles({ path, name, study }) });
  }
  const found = describeFolders(folders);
  if (known === undefined) return found;
  const numbers = readKnown(textOf(known, folder), known);
  return { ...found, description: { ...found.description, known: numbers } };
}

/** A description says all of it. */
function refuseFolderOptions({ outputDir, earlier, known }: AuditRequest): void {
  const given = { "--output-dir": outputDir, "--earlier": earlier[0], "--known": known };
  const both = Object.entries(given).find(([, value]) => value !== undefined);
  if (both === undefined) return;
  failForCommand("usage", {
    sentence: `${both[0]} and --description cannot both be given`,
    wayOut: "A description holds the files, earlier releases and known numbers itself.",
  });
}

function textOf(file: string, folder: string): string {
  const bytes = readSmallFile(resolve(folder, file), {
    most: LARGEST_DESCRIPTION,
    follow: true,
    told: file,
  });
  return bytes?.toString("utf8") ?? fail("audit-file-not-found", { file });
}
