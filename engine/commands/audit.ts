/** The command `audit`: what can be worked out from published measures, as lines and an exit code. */
import { resolve } from "node:path";
import { audit } from "../audit/audit.ts";
import { auditLines } from "../audit/audit-lines.ts";
import { fail } from "../audit/problems.ts";
import { readDescription } from "../audit/describe/read-description.ts";
import { sortedJson } from "../audit/sorted-json.ts";
import { readSmallFile } from "../files/small-file.ts";
import type { RequestOf } from "../options/command-table.ts";

/** More than a release may have. */
const LARGEST_DESCRIPTION = 2 ** 29;

/** Exit code 1 where something must not be released. Problems: those of `readDescription` and `audit`. */
export function auditCommand(
  { description: file, attacker, showValues, budget, json }: RequestOf<"audit">,
  folder: string,
): { readonly lines: readonly string[]; readonly exitCode: 0 | 1 } {
  const bytes = readSmallFile(resolve(folder, file), {
    most: LARGEST_DESCRIPTION,
    follow: true,
    told: file,
  });
  if (bytes === null) return fail("audit-file-not-found", { file });
  const read = readDescription(bytes.toString("utf8"), file);
  const policy = { ...read.policy, ...(attacker === undefined ? {} : { attacker }) };
  const result = audit({ ...read, policy }, budget);
  const lines = json ? [sortedJson(result)] : auditLines(result, showValues);
  return { lines, exitCode: result.releasable ? 0 : 1 };
}
