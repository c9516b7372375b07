/** What a thread does that examines a release, so that nobody waits for it: nothing of any file's numbers is in its answer. */
import { asLogged, ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { fileVerdicts } from "../../audit/file-verdicts.ts";
import type { FileVerdict } from "../../audit/file-verdicts.ts";
import { packRelease } from "../release.ts";
import { examineRelease, textOfFinding } from "./examine-release.ts";
import type { ReleaseCheck, ReleaseToExamine } from "./examine-release.ts";

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
  readonly verdicts: readonly FileVerdict[];
  readonly checks: readonly ReleaseCheck[];
  /** For the person who checks. */
  readonly warnings: readonly string[];
  readonly notModelled: readonly string[];
}

/** Problems, in the answer: those of `examineRelease` and `packRelease`. */
export async function reviewRelease({ workspace, asked, to }: ReviewTask): Promise<ReviewAnswer> {
  try {
    if (to !== null) {
      return { kind: "packed", lines: await packRelease({ ...asked, to }, workspace) };
    }
    const { pack, checks } = await examineRelease(asked, workspace);
    const { audit, warnings } = pack;
    return {
      kind: "reviewed",
      review: {
        ...{ checks, notModelled: audit.notModelled, warnings: warnings.map(textOfFinding) },
        verdicts: fileVerdicts(audit),
      },
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { kind: "problems", problems: error.problems.map(asLogged) };
  }
}
