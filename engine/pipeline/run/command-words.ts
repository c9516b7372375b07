/** How the words of `run:` are completed before they are run. */
import { createHash } from "node:crypto";
import { foldersOf } from "../project/check-cohort-action.ts";
import { isCohortAction } from "../project/project.ts";
import type { Action, Project } from "../project/project.ts";

/** Where the patients come from. */
export type PatientSource =
  | { readonly kind: "dummy" }
  /** `name` tells the kind and name of the database, never its password or folder. */
  | { readonly kind: "database"; readonly url: string; readonly name: string };

/** Words behind the image: with --config, and for cohorts with the source and the one folder. */
export function commandWords(
  action: Action,
  project: Project,
  source: PatientSource,
): readonly string[] {
  const config = action.config === null ? [] : ["--config", action.config];
  return [
    ...action.words,
    ...config,
    ...sourceWords(action, project, source),
    ...folderWord(action),
  ];
}

/** Dummy patients that an action makes; null where it makes none. */
export function populationOf(
  action: Action,
  project: Project,
  source: PatientSource,
): number | null {
  const makes = makesCohorts(action) && source.kind === "dummy" && action.dummyDataFile === null;
  return makes ? project.populationSize : null;
}

/** Null where the action asks nobody for patients. */
export function dataOf(action: Action, source: PatientSource): string | null {
  if (!makesCohorts(action)) return null;
  if (source.kind === "database") return source.name;
  return action.dummyDataFile === null ? "dummy data" : `dummy data of ${action.dummyDataFile}`;
}

export function makesCohorts(action: Action): boolean {
  return isCohortAction(action) && action.words[0] === "generate_cohort";
}

function sourceWords(action: Action, project: Project, source: PatientSource): readonly string[] {
  if (!makesCohorts(action) || source.kind === "database" || saysSource(action)) return [];
  if (action.dummyDataFile !== null) return [`--dummy-data-file=${action.dummyDataFile}`];
  return [`--expectations-population=${project.populationSize ?? 0}`];
}

function saysSource({ words }: Action): boolean {
  return words.some((word) => /^--(expectations-population|dummy-data-file)(=|$)/.test(word));
}

/** Only where the author did not say it. */
function folderWord(action: Action): readonly string[] {
  const said = action.words.some((word) => /^--output-(dir|file)(=|$)/.test(word));
  const [folder, ...others] = foldersOf(action);
  if (!makesCohorts(action) || said || folder === undefined || others.length > 0) return [];
  return [`--output-dir=${folder}`];
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
