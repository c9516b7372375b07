/** Whether measures may be released: what an audit says of them, and what else people who check outputs look for. */
import { publishedTables } from "../../audit/describe/published-table.ts";
import { auditCertified } from "../../audit/audit.ts";
import type { AuditResult } from "../../audit/audit-result.ts";
import { policyFor, readFolders } from "../audit-source.ts";
import type { AuditSource } from "../audit-source.ts";
import { changesSince } from "./compare-releases.ts";
import { packChecks } from "./pack-checks.ts";
import type { Finding, PackChecks } from "./pack-checks.ts";
import type { ReadFigures } from "./release-figures.ts";
import { readFigures } from "./release-figures.ts";
import { releaseOf } from "./read-release.ts";
import type { ReadFile } from "./read-release.ts";
import type { ReleasePack } from "./release-pack.ts";

export interface ReleaseToExamine extends Omit<AuditSource, "description" | "attacker"> {
  /** What the measures are about. */
  readonly context: string;
  /** Where the context stands, as messages name it. */
  readonly contextIn: string;
  readonly budget: number;
  /** Files that are drawn from measures, each with these. */
  readonly figure?: readonly string[];
}

export interface ExaminedRelease {
  readonly pack: ReleasePack;
  readonly checks: readonly ReleaseCheck[];
}

/** One line of the list that is gone through. */
export interface ReleaseCheck {
  readonly asks: string;
  /** Nothing is released while one is left. */
  readonly findings: readonly string[];
}

/** Problems: those of `readFolders`, `policyFor` and `auditCertified`. */
export async function examineRelease(
  asked: ReleaseToExamine,
  workspace: string,
): Promise<ExaminedRelease> {
  const read = await readFolders(asked, workspace);
  const policy = policyFor(asked, read.description, workspace);
  const how = { budget: asked.budget, certifies: true };
  const { result, certificate } = auditCertified({ ...read.description, policy }, how);
  const audit = { ...result, notModelled: [...result.notModelled, ...read.notModelled] };
  const { refused, warnings } = checksOf(read.files, audit);
  const { figures, ...drawn } = readFigures(asked.figure ?? [], read.files, workspace);
  const context = asked.context.trim();
  return {
    pack: {
      ...{ context, files: read.files, earlier: asked.earlier, audit, certificate },
      ...{ figures },
      warnings: [
        ...warnings,
        ...figures.map(({ file }) => ({
          file,
          says: "nobody looked into it: compare it with its tables",
        })),
        ...changesSince(read.files, read.before),
      ],
    },
    checks: [
      {
        asks: "It is said what the measures are about",
        findings:
          context === "" ? [`${asked.contextIn} says nothing of what the measures are about`] : [],
      },
      { asks: earlierText(asked.earlier), findings: [] },
      { asks: "No small number can be worked out", findings: auditFindings(audit) },
      {
        asks: "Files have the form, rounding and ratios that checkers ask for, and name no small areas",
        findings: refused.map(textOfFinding),
      },
      ...(figures.length === 0 ? [] : [figuresCheck(drawn)]),
    ],
  };
}

function figuresCheck({ refused }: Pick<ReadFigures, "refused">): ReleaseCheck {
  return {
    asks: "Every figure names the measures under it, and they are in the release",
    findings: refused.map(textOfFinding),
  };
}

/** Nobody gets here without having said it. */
function earlierText(earlier: readonly string[]): string {
  const what = earlier.length === 0 ? "nothing" : earlier.join(", ");
  return `It is said what was released before: ${what}`;
}

function checksOf(files: readonly ReadFile[], { policy }: AuditResult): PackChecks {
  const toRelease = files.map((each) => ({
    ...{ file: each.file, bytes: each.bytes.byteLength, areas: each.published.areas },
    ...{ leftOut: each.leftOut, isTold: each.published.words !== undefined },
    tables: publishedTables(releaseOf("", [each])),
  }));
  return packChecks(toRelease, policy.small);
}

export function textOfFinding({ file, says }: Finding): string {
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
