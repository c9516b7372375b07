/** Every problem the engine can report, by code. Each layer's problems are in a file of its own. */
import { authoringProblems } from "./authoring.ts";
import { backendProblems } from "./backend.ts";
import { cohortFileProblems } from "./cohort-files.ts";
import { conditionProblems } from "./conditions.ts";
import { databaseProblems } from "./database.ts";
import { definitionProblems } from "./definition.ts";
import { expectationProblems } from "./expectations.ts";
import { filesProblems } from "./files.ts";
import { measureProblems } from "./measures.ts";
import { pipelineProblems } from "./pipeline.ts";
import { projectProblems } from "./project.ts";
import { pythonProblems } from "./python.ts";
import { recordProblems } from "./records.ts";
import { runProblems } from "./run.ts";
import { sandboxProblems } from "./sandbox.ts";
import { tableProblems } from "./table.ts";

export const problemCatalogue = {
  ...authoringProblems,
  ...definitionProblems,
  ...conditionProblems,
  ...expectationProblems,
  ...sandboxProblems,
  ...pythonProblems,
  ...filesProblems,
  ...tableProblems,
  ...backendProblems,
  ...databaseProblems,
  ...recordProblems,
  ...measureProblems,
  ...runProblems,
  ...cohortFileProblems,
  ...projectProblems,
  ...pipelineProblems,
} as const;
