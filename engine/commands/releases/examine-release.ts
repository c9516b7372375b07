/** Whether measures may be released: what an audit says of them, and what else people who check outputs look for. */
import { resolve } from "node:path";
import { publishedTables } from "../../audit/describe/published-table.ts";
import { auditCertified } from "../../audit/audit.ts";
import type { AuditResult } from "../../audit/audit-result.ts";
import { policyFor, readFolders } from "../audit-source.ts";
import type { AuditSource } from "../audit-source.ts";
import { differencesSince } from "./compare-releases.ts";
import { earlierReleases } from "./earlier-releases.ts";
import { packChecks, textOfFinding } from "./pack-checks.ts";
import type { FileToRelease, Finding, ReleaseCheck } from "./pack-checks.ts";
import { policyChecks } from "./release-policy.ts";
import { contextFindings, untoldColumns } from "./release-words.ts";
import type { ReadFigures } from "./release-figures.ts";
import { readFigures } from "./release-figures.ts";
import { releaseOf } from "./read-release.ts";
import type { ReadFile } from "./read-release.ts";
import type { ReleasePack } from "./release-contents.ts";

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
  /** For whoever packs, and not in the pack. */
  readonly notes: readonly string[];
}

/** Problems: those of `readFolders`, `policyFor` and `auditCertified`. */
export async function examineRelease(
  asked: ReleaseToExamine,
  workspace: string,
): Promise<ExaminedRelease> {
  const read = await readFolders(asked, workspace);
  const description = {
    ...read.description,
    policy: policyFor(asked, read.description, workspace),
  };
  const how = { budget: asked.budget, certifies: true };
  const { result, certificate } = auditCertified(description, how);
  const audit = { ...result, notModelled: [...result.notModelled, ...read.notModelled] };
  const context = asked.context.trim();
  const { lines, warnings } = packChecks(
    read.files.map((each) => toRelease(each, context)),
    audit.policy.small,
  );
  const policy = policyChecks(description, audit.policy, asked.policy);
  const differences = differencesSince(read.files, read.before);
  const { figures, ...drawn } = readFigures(asked.figure ?? [], read.files, workspace);
  return {
    pack: {
      ...{ context, files: read.files, earlier: asked.earlier, known: asked.known, audit },
      ...{ certificate, figures, differences },
      warnings: [
        ...madeUp(read.files),
        ...policy.warnings,
        ...warnings,
        ...drawn.warnings,
        ...differences.filter(({ isChange }) => isChange),
      ],
      checks: [
        {
          asks: "It is said what the measures are about",
          findings: contextFindings(context, asked.contextIn),
        },
        { asks: earlierText(asked.earlier), findings: [] },
        {
          asks: "No small number can be worked out",
          findings: [...auditFindings(audit), ...policy.refused.map(textOfFinding)],
        },
        ...lines.map(({ asks, refused }) => ({ asks, findings: refused.map(textOfFinding) })),
        ...(figures.length === 0 ? [] : [figuresCheck(drawn)]),
      ],
    },
    notes: unnamedReleases(asked, workspace),
  };
}

function figuresCheck({ refused }: Pick<ReadFigures, "refused">): ReleaseCheck {
  return {
    asks: "Every figure can be looked through, and names the measures under it, which are in the release",
    findings: refused.map(textOfFinding),
  };
}

/** Nobody gets here without having said it. */
function earlierText(earlier: readonly string[]): string {
  const what = earlier.length === 0 ? "nothing" : earlier.join(", ");
  return `It is said what was released before: ${what}`;
}

function unnamedReleases({ earlier }: ReleaseToExamine, workspace: string): readonly string[] {
  const named = new Set(earlier.map((each) => resolve(workspace, each)));
  return earlierReleases(workspace)
    .filter((each) => !named.has(resolve(workspace, each)))
    .map(
      (each) =>
        `Not compared with ${each}, a release too: if it was handed over, give --earlier ${each}.`,
    );
}

function madeUp(files: readonly ReadFile[]): readonly Finding[] {
  const made = files.filter(({ isDummy }) => isDummy);
  return made.map(({ file }) => ({ file, says: "counted in dummy data" }));
}

function toRelease(read: ReadFile, context: string): FileToRelease {
  return {
    ...{ file: read.file, bytes: read.bytes.byteLength, areas: read.published.areas },
    ...{ leftOut: read.leftOut, untold: untoldColumns(read, context) },
    tables: publishedTables(releaseOf("", [read])),
  };
}

/** Without a number: whoever needs them runs the audit. */
function auditFindings(result: AuditResult): readonly string[] {
  const { cells, undecided, contradiction, inputs } = result;
  const unsafe = cells.filter((cell) => cell.unsafe).length;
  return [
    ...(unsafe === 0
      ? []
      : [
          `${unsafe} hidden or small numbers can be worked out; audit --repair finds what to leave out`,
        ]),
    ...(undecided.length === 0 ? [] : [`${undecided.length} numbers are undecided`]),
    ...(contradiction === null
      ? []
      : [
          `these tables cannot all be true: ${contradiction.tables.join(", ")}`,
          ...(contradiction.says === "" ? [] : [contradiction.says]),
        ]),
    ...inputs
      .filter(({ patientLevel }) => patientLevel)
      .map(({ release, file }) => `${release}/${file} has a row for each patient`),
  ];
}
