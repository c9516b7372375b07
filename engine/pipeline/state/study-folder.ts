/** A study's folder, read once for a command of the pipeline. */
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { loadProject } from "../project/load-project.ts";
import { databaseName } from "../run/command-words.ts";
import type { PatientSource } from "../run/command-words.ts";
import type { RecordFolder } from "../record/record-file.ts";
import { recordsOf } from "../trust/records-of.ts";
import type { PipelineContext } from "../context.ts";
import type { FolderNow } from "./action-inputs.ts";
import { codeFiles } from "./code-files.ts";
import { fileHashes } from "./file-stamp.ts";
import { openStates } from "./state-store.ts";
import type { StateStore } from "./state-store.ts";

export interface StudyFolder {
  readonly records: RecordFolder;
  readonly now: FolderNow;
  readonly states: StateStore;
  readonly warnings: readonly Problem[];
}

/** Problems: every one of project.yaml; with `strict` its warnings too; those of `codeFiles`. */
export function OpenedFolder(
  context: PipelineContext,
  { strict, databaseUrl }: { readonly strict: boolean; readonly databaseUrl: string | undefined },
): StudyFolder {
  const { folder, engineVersion } = context;
  const records = recordsOf(context);
  const states = openStates(records);
  const outputs = states.outputs();
  const { project, problems, warnings } = loadProject({ folder, outputs });
  const refused = strict ? [...problems, ...warnings] : problems;
  if (refused.length > 0) throw new ProblemError(refused);
  if (project === null) throw new ProblemError([problem("project-empty", {})]);
  const found = codeFiles({ folder, project, outputs, databaseUrl });
  if (found.problems.length > 0) throw new ProblemError(found.problems);
  const now = {
    folder,
    project,
    source: sourceOf(databaseUrl),
    engine: engineVersion,
    code: found.code,
    hash: fileHashes(folder),
    stateOf: states.of,
    strict,
  };
  const told = [...(strict ? [] : warnings), ...found.warnings, ...states.warnings];
  return { records, now, states, warnings: told };
}

function sourceOf(url: string | undefined): PatientSource {
  return url === undefined ? { kind: "dummy" } : { kind: "database", url, name: databaseName(url) };
}
