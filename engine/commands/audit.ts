/** The command `audit`: what can be worked out from published measures, as lines and an exit code. */
import { resolve } from "node:path";
import { auditCertified } from "../audit/audit.ts";
import { auditLines } from "../audit/audit-lines.ts";
import type { AuditResult } from "../audit/audit-result.ts";
import { sortedJson } from "../audit/sorted-json.ts";
import type { RequestOf } from "../options/command-table.ts";
import { described, policyFor } from "./audit-source.ts";
import { writeInto } from "./write-into.ts";

/**
 * Exit code 1 where something must not be released. A certificate is written only where all is releasable. Problems:
 * usage, those of `described` and `audit`, and of writing.
 */
export async function auditCommand(
  request: RequestOf<"audit">,
  folder: string,
): Promise<{ readonly lines: readonly string[]; readonly exitCode: 0 | 1 }> {
  const { showValues, budget, json, certificate: file } = request;
  const { description, notModelled } = await described(request, folder);
  const policy = policyFor(request, description, folder);
  const certifies = file !== undefined;
  const { result: audited, certificate } = auditCertified(
    { ...description, policy },
    { budget, certifies },
  );
  const result: AuditResult = {
    ...audited,
    notModelled: [...audited.notModelled, ...notModelled],
  };
  if (file !== undefined && certificate !== null)
    await writeInto(resolve(folder, file), Buffer.from(`${sortedJson(certificate)}\n`));
  const lines = json ? [sortedJson(result)] : auditLines(result, showValues);
  return { lines, exitCode: result.releasable ? 0 : 1 };
}
