/** What a thread does that examines a release, so that nobody waits for it: nothing of any file's numbers is in its answer. */
import { asLogged, ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { AuditResult } from "../../audit/audit-result.ts";
import { packRelease } from "../release.ts";
import { auditVerdict, verdictLine } from "./audit-verdict.ts";
import { examineRelease } from "./examine-release.ts";
import type { ReleaseToExamine } from "./examine-release.ts";
import { textOfFinding } from "./pack-checks.ts";
import type { ReleaseCheck } from "./pack-checks.ts";
import { leaksSection } from "./leaks-section.ts";
import { verdictMatrix } from "./verdict-matrix.ts";

export interface ReviewTask {
  /** Absolute path of the study's folder. */
  readonly workspace: string;
  readonly asked: ReleaseToExamine;
  /** Where the pack is written, from there; null where it is only examined. */
  readonly to: string | null;
}

export type ReviewAnswer =
  | { readonly kind: "reviewed"; readonly review: ReleaseReview }
  | { readonly kind: "packed"; readonly lines: readonly string[] }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

export interface ReleaseReview {
  readonly verdict: string;
  readonly files: readonly ReviewedFile[];
  /** Files by dates, and the proofs: html as the page of an audit has it. */
  readonly matrix: string;
  readonly proofs: string;
  readonly checks: readonly ReleaseCheck[];
  /** For the person who checks. */
  readonly warnings: readonly string[];
  readonly notModelled: readonly string[];
}

export interface ReviewedFile {
  readonly path: string;
  /** In a word or two. */
  readonly verdict: string;
  readonly isReleasable: boolean;
  /** How many numbers of it can be worked out. */
  readonly leaks: number;
  readonly undecided: number;
}

/** Problems, in the answer: those of `examineRelease` and `packRelease`. */
export async function reviewRelease({ workspace, asked, to }: ReviewTask): Promise<ReviewAnswer> {
  try {
    if (to !== null) {
      return { kind: "packed", lines: await packRelease({ ...asked, to }, workspace) };
    }
    const { pack, notes } = await examineRelease(asked, workspace);
    const { audit, warnings, checks } = pack;
    return {
      kind: "reviewed",
      review: {
        ...{
          checks,
          notModelled: audit.notModelled,
          warnings: [...warnings.map(textOfFinding), ...notes],
        },
        ...foundBy(audit, asked.outputDir ?? ""),
      },
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { kind: "problems", problems: error.problems.map(asLogged) };
  }
}

function foundBy(audit: AuditResult, folder: string) {
  return {
    verdict: verdictLine(audit),
    files: reviewedFiles(audit, folder),
    matrix: verdictMatrix(audit).toString(),
    proofs: leaksSection(audit).toString(),
  };
}

function reviewedFiles(audit: AuditResult, folder: string): readonly ReviewedFile[] {
  const rows = new Set(
    audit.inputs.filter(({ patientLevel }) => patientLevel).map(({ sha256 }) => sha256),
  );
  return auditVerdict(audit, folder).files.map(({ path, sha256, leaks, undecided }) => {
    const against = [
      ...(rows.has(sha256) ? ["a row for each patient"] : []),
      ...(audit.contradiction === null ? [] : ["nothing is called safe"]),
      ...(leaks > 0 ? ["not releasable"] : []),
      ...(undecided > 0 ? ["undecided"] : []),
    ];
    const [verdict = "releasable"] = against;
    return { path, verdict, isReleasable: against.length === 0, leaks, undecided };
  });
}
