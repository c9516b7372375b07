/** Problems of the folders that are audited and released. */
import { kind } from "../../base/problem-kind.ts";
import { problemsOf } from "../../base/problems.ts";
import { someNames } from "../../base/wording.ts";

interface InFolder {
  readonly folder: string;
}

export const releaseFolderProblems = {
  "audit-files-foreign": kind<InFolder & { readonly files: readonly string[] }>(
    1,
    ({ folder, files }) =>
      `The manifest of ${JSON.stringify(folder)} does not describe ${someNames(files)}`,
    () =>
      "Audit files of other programs with cohortline audit --description FILE, which says by what rules they were made; for measures of cohortline run generate_measures again.",
  ),
  "audit-files-older": kind<InFolder & { readonly files: readonly string[] }>(
    1,
    ({ folder, files }) =>
      `An earlier version of cohortline wrote ${someNames(files)} of ${JSON.stringify(folder)}, and did not record what an audit needs`,
    () => "Run generate_measures again.",
  ),
  "audit-file-altered": kind<
    InFolder & {
      readonly file: string;
      readonly says: string | null;
      /** Whether somebody only saved it again. */
      readonly isSaved: boolean;
    }
  >(
    1,
    ({ folder, file, says }) =>
      `${JSON.stringify(file)} of ${JSON.stringify(folder)} has been modified since generate_measures wrote it (checksum differs)${says === null ? "" : `; ${says}`}`,
    ({ isSaved }) =>
      isSaved
        ? "Run generate_measures again, which writes it as it was, and look at files in other programs without saving them."
        : "Nothing is known of how its numbers were hidden: run generate_measures again, or describe the file in cohortline audit --description FILE.",
  ),
  "release-files-changed": kind<InFolder & { readonly files: readonly string[] }>(
    1,
    ({ folder, files }) =>
      `${someNames(files)} of ${JSON.stringify(folder)} ${files.length === 1 ? "is" : "are"} not as chosen: gone, or modified since`,
    () => "Run the action that makes them again, and choose from the new run.",
  ),
  "release-not-examined": kind<{ readonly reason: string }>(
    1,
    ({ reason }) => `The release could not be examined to its end: ${reason}`,
    () => "Choose fewer files, or run cohortline audit on a machine with more memory.",
  ),
  "release-refused": kind<{ readonly findings: readonly string[] }>(
    1,
    ({ findings }) => [
      `Nothing was released: ${findings.length} ${findings.length === 1 ? "finding" : "findings"}`,
      ...findings.map((each) => `  ${each}`),
    ],
    () =>
      "Put each right in the study and generate the measures again; cohortline audit tells more.",
  ),
  "release-exists": kind<InFolder>(
    1,
    ({ folder }) => `${JSON.stringify(folder)} is there already, and a release is never changed`,
    () => "Choose another folder for this release.",
  ),
  "release-damaged": kind<InFolder>(
    1,
    ({ folder }) => `release.json of ${JSON.stringify(folder)} is not as cohortline wrote it`,
    () => "Use the folder as it was released.",
  ),
} as const;

export const { fail, problem } = problemsOf(releaseFolderProblems);
