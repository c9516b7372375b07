/** How the words of `run:` are completed before they are run. */
import { createHash } from "node:crypto";
import { sourceIn } from "../project/check-cohort-action.ts";
import { folderThatWins } from "../project/cohort-folder.ts";
import { cohortRequest, recordsRequest } from "../project/project.ts";
import { flagOf } from "../../options/command-table.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import type { Action, Project } from "../project/project.ts";

/** Where the patients come from. */
export type PatientSource =
  | { readonly kind: "dummy" }
  /** `name` tells the kind and name of the database, never its password or folder. */
  | { readonly kind: "database"; readonly url: string; readonly name: string };

/** Words behind the image, as they are recorded: with --config, and for cohorts what the project adds. */
export function commandWords(
  action: Action,
  project: Project,
  source: PatientSource,
): readonly string[] {
  const config = action.config === null ? [] : ["--config", action.config];
  const added = Object.entries({
    ...additions(action, project, source),
    ...measureAdditions(action, project, source),
  });
  return [...action.words, ...config, ...added.map(([key, value]) => `${flagOf(key)}=${value}`)];
}

/** The same as a request. Only of an action that has one. */
export function completeRequest(
  action: Action,
  project: Project,
  source: PatientSource,
): ActionRequest {
  const { request, name } = action;
  if (request === null) throw new Error(`action ${name} has no request`);
  if (request.command === "generate_measures") {
    return { ...request, ...measureAdditions(action, project, source) };
  }
  return request.command === "generate_cohort"
    ? { ...request, ...additions(action, project, source) }
    : request;
}

type Additions = Partial<
  Pick<RequestOf<"generate_cohort">, "dummyDataFile" | "expectationsPopulation" | "outputDir">
>;

/** The source of patients where the author did not say it, and the one folder of the outputs. */
function additions(action: Action, project: Project, source: PatientSource): Additions {
  const request = cohortRequest(action);
  if (request === null) return {};
  const folder = folderThatWins(action);
  const isDummy = source.kind === "dummy" && sourceIn(request) === null;
  return {
    ...(isDummy ? dummySource(action, project) : {}),
    ...(folder === null ? {} : { outputDir: folder }),
  };
}

/** Of measures that ask the database, and then have none. */
function measureAdditions(
  action: Action,
  { populationSize }: Project,
  source: PatientSource,
): Partial<Pick<RequestOf<"generate_measures">, "expectationsPopulation">> {
  const request = recordsRequest(action);
  const isSaid = request?.expectationsPopulation !== undefined;
  if (request === null || isSaid || source.kind === "database") return {};
  return { expectationsPopulation: populationSize ?? 0 };
}

function dummySource({ dummyDataFile }: Action, { populationSize }: Project): Additions {
  return dummyDataFile === null
    ? { expectationsPopulation: populationSize ?? 0 }
    : { dummyDataFile };
}

/** Dummy patients that an action makes; null where it makes none. */
export function populationOf(
  action: Action,
  project: Project,
  source: PatientSource,
): number | null {
  const makes = asksForPatients(action) && source.kind === "dummy" && action.dummyDataFile === null;
  return makes ? project.populationSize : null;
}

/** Null where the action asks nobody for patients. */
export function dataOf(action: Action, source: PatientSource): string | null {
  if (!asksForPatients(action)) return null;
  if (source.kind === "database") return source.name;
  return action.dummyDataFile === null ? "dummy data" : `dummy data of ${action.dummyDataFile}`;
}

function asksForPatients(action: Action): boolean {
  return cohortRequest(action) !== null || recordsRequest(action) !== null;
}

/**
 * The database of a URL for records: without its user and password. Of a local file or folder the name alone,
 * since where it lies may be nobody's business; a few digits tell it from another of that name.
 */
export function databaseName(url: string): string {
  const [, kind = "database", rest = ""] = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/i.exec(url) ?? [];
  const place = rest.slice(rest.lastIndexOf("@") + 1).replace(/[?#].*$/s, "");
  if (!/^duckdb$/i.test(kind)) return `${kind} database ${place}`.trim();
  const path = place.replace(/[\\/]+$/, "");
  const name = path.replace(/^.*[\\/]/s, "");
  const digits = createHash("sha256").update(path).digest("hex").slice(0, 8);
  return `${kind} database ${name} (${digits})`;
}
