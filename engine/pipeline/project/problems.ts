/** Problems of project.yaml: what stands in it, and whether its parts fit together. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint, quotedList, someNames } from "../../base/wording.ts";

export interface OfAction {
  readonly action: string;
}

export interface OfPattern extends OfAction {
  readonly pattern: string;
}

const LEVEL_4 = ".csv .jpg .jpeg .png .svg .svgz .html .txt .log .json .md";

export const projectProblems = {
  "project-missing": kind<{ readonly folder: string }>(
    1,
    ({ folder }) => `There is no project.yaml in ${JSON.stringify(folder)}`,
    () =>
      "Run the command in the folder of a study: the one that holds project.yaml. To start a study in a new folder: cohortline init FOLDER.",
  ),
  "project-too-large": kind<{ readonly what: string; readonly limit: number }>(
    1,
    ({ what, limit }) => `project.yaml has more than ${limit} ${what}`,
    () => "Split the study, or remove what is no longer needed.",
  ),
  "project-not-text": kind<Record<string, never>>(
    1,
    () => "project.yaml is not UTF-8 text",
    () => "Save it as UTF-8.",
  ),
  "project-syntax": kind<{ readonly detail: string }>(
    1,
    ({ detail }) => `project.yaml cannot be read: ${detail}`,
    () => "Check indentation, quotes and brackets around this line.",
  ),
  "project-tab": kind<Record<string, never>>(
    1,
    () => "Tabs are not allowed for indentation",
    () => "Replace the tab with spaces; most editors have a setting for it.",
  ),
  "project-repeated-key": kind<{ readonly key: string }>(
    1,
    ({ key }) => `Duplicate key ${JSON.stringify(key)}`,
    () => "Rename or remove one: only one of them could count.",
  ),
  "project-yaml-feature": kind<{ readonly feature: string }>(
    1,
    ({ feature }) => `${feature} is not supported in project.yaml`,
    () => "Write out what it stands for.",
  ),
  "project-empty": kind<Record<string, never>>(
    1,
    () => "project.yaml is empty",
    () => "It needs version: and actions:.",
  ),
  "project-key-unknown": kind<{
    readonly key: string;
    readonly where: string;
    readonly known: readonly string[];
    readonly nearest: readonly string[];
  }>(
    1,
    ({ key, where }) => `${where} cannot have ${JSON.stringify(key)}`,
    ({ known, nearest }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}Known: ${quotedList(known)}.`,
  ),
  "project-key-ignored": kind<{ readonly key: string }>(
    1,
    ({ key }) => `project.yaml has ${JSON.stringify(key)} beside its actions, which is ignored`,
  ),
  "project-key-missing": kind<{ readonly key: string; readonly where: string }>(
    1,
    ({ key, where }) => `${where} has no ${key}`,
    ({ key }) => `Add ${key}: to it.`,
  ),
  "project-value-kind": kind<{ readonly what: string; readonly wanted: string }>(
    1,
    ({ what, wanted }) => `${what} must be ${wanted}`,
  ),
  "project-version": kind<{ readonly given: string }>(
    1,
    ({ given }) => `version must be one of 1, 2, 3, 4 and 5, not ${given}`,
    () => "Studies for cohortextractor are of version 3: version: '3.0'.",
  ),
  "project-population": kind<{ readonly given: string }>(
    1,
    ({ given }) => `population_size must be a whole number above 0, not ${given}`,
  ),
  "project-population-missing": kind<Record<string, never>>(
    1,
    () => "Version 3 needs expectations.population_size: how many dummy patients to make",
    () => "Write expectations: and below it population_size: 1000.",
  ),
  "project-population-ignored": kind<{ readonly version: number; readonly given: string }>(
    1,
    ({ given, version }) =>
      `population_size: ${given} counts from version 3 on; version ${version} always makes 1000 dummy patients`,
    () => "Change the version to 3.0, or remove it.",
  ),
  "project-expectations-refused": kind<{ readonly version: number }>(
    1,
    ({ version }) => `expectations is not allowed in a project.yaml of version ${version}`,
    () => "It belongs to cohortextractor and version 3: remove it, or set version: '3.0'.",
  ),
  "action-name": kind<OfAction & { readonly reason: string }>(
    1,
    ({ action, reason }) => `An action cannot be called ${JSON.stringify(action)}: ${reason}`,
    () => "Its log is named after it: choose what can be the name of a file.",
  ),
  "action-run-all": kind<{ readonly version: number }>(
    1,
    ({ version }) =>
      version < 5
        ? "The action run_all is left out: the name stands for all actions"
        : "No action can be called run_all: the name stands for all actions",
    () => "Give it another name, or remove it.",
  ),
  "action-outputs-empty": kind<OfAction>(
    1,
    ({ action }) => `Action ${action} declares no outputs`,
    () => "Name a file under highly_sensitive, moderately_sensitive or minimally_sensitive.",
  ),
  "output-pattern": kind<OfPattern & { readonly reason: string }>(
    1,
    ({ action, pattern, reason }) => `Output ${JSON.stringify(pattern)} of ${action} ${reason}`,
    () => "Write it from the study's folder, like output/measure_*.csv; only * is a wildcard.",
  ),
  "output-type": kind<OfAction & { readonly patterns: readonly string[] }>(
    1,
    ({ action, patterns }) =>
      `Of ${action}, ${someNames(patterns)} cannot be moderately_sensitive: only some types of files can`,
    () => `Make it highly_sensitive, or one of ${LEVEL_4}; other files are withheld.`,
  ),
  "output-not-unique": kind<OfPattern & { readonly other: string }>(
    1,
    ({ action, pattern, other }) =>
      `Output ${JSON.stringify(pattern)} of ${action} is declared by ${other} too`,
    () => "Each file is made by one action: give one of them another name.",
  ),
  "output-two-levels": kind<
    OfPattern & { readonly level: string; readonly other: string; readonly otherLevel: string }
  >(
    1,
    ({ action, pattern, level, other, otherLevel }) =>
      `Output ${JSON.stringify(pattern)} is ${level} by ${action} and ${otherLevel} by ${other}`,
    () => "A file has one security level: remove one of them.",
  ),
  "output-levels-meet": kind<
    OfPattern & {
      readonly level: string;
      readonly other: string;
      readonly otherPattern: string;
      readonly otherLevel: string;
    }
  >(
    1,
    ({ action, pattern, level, other, otherPattern, otherLevel }) =>
      `A file could be ${level} by ${JSON.stringify(pattern)} of ${action} and ${otherLevel} by ${JSON.stringify(otherPattern)} of ${other}`,
    () => "Choose patterns that cannot match the same name: a file that matches both is withheld.",
  ),
  "output-is-source": kind<OfPattern & { readonly file: string }>(
    1,
    ({ action, pattern, file }) =>
      `Output ${JSON.stringify(pattern)} of ${action} matches ${file}, which is part of the study`,
    () => "No action would see that file any more: write outputs to a folder of their own.",
  ),
  "project-path": kind<
    OfAction & { readonly what: string; readonly path: string; readonly reason: string }
  >(
    1,
    ({ action, what, path, reason }) =>
      `The ${what} of ${action}, ${JSON.stringify(path)}, ${reason}`,
    () => "A project reads and writes in its own folder: write a path from there, such as output.",
  ),
  "path-through-link": kind<OfAction & { readonly path: string; readonly link: string }>(
    1,
    ({ action, path, link }) =>
      `Action ${action} names ${JSON.stringify(path)}, but ${JSON.stringify(link)} is a link that leads out of the study`,
    () => "Replace the link by a folder. A command typed by hand may name any --output-dir.",
  ),
  "run-script-missing": kind<
    OfAction & { readonly path: string; readonly nearest: readonly string[] }
  >(
    1,
    ({ action, path }) => `Action ${action} runs ${JSON.stringify(path)}, which does not exist`,
    ({ nearest }) => (nearest.length === 0 ? "Check the path." : nearestHint(nearest)),
  ),
  "run-study-missing": kind<
    OfAction & { readonly study: string; readonly nearest: readonly string[] }
  >(
    1,
    ({ action, study }) =>
      `Action ${action} runs study ${JSON.stringify(study)}, which is not in analysis/`,
    ({ nearest }) =>
      nearest.length === 0
        ? "Name a study of analysis/ without its extension, or leave out --study-definition to run all."
        : nearestHint(nearest),
  ),
  "run-database-url": kind<OfAction>(
    1,
    ({ action }) => `The run: of ${action} has --database-url, which does not belong in a project`,
    () => "Remove it, and name the database when you run: --database-url of run, or DATABASE_URL.",
  ),
  "run-empty": kind<OfAction>(
    1,
    ({ action }) => `Action ${action} runs nothing`,
    () => "Write run: IMAGE:VERSION and its arguments, such as python:v2 python analysis/plot.py.",
  ),
  "run-quotes": kind<OfAction>(
    1,
    ({ action }) => `A quote in the run: of ${action} is not closed`,
    () => "Close it, or write the quote with a \\ before it.",
  ),
  "run-image": kind<OfAction & { readonly image: string }>(
    1,
    ({ action, image }) =>
      `Action ${action} runs ${JSON.stringify(image)}, which has no version or is no image`,
    () => "Write it as IMAGE:vN, such as python:v2.",
  ),
  "run-repeated": kind<OfAction & { readonly other: string }>(
    1,
    ({ action, other }) => `Action ${action} runs the same as ${other}`,
    () => "One of them is enough; or tell them apart by arguments or config.",
  ),
  "run-not-supported": kind<OfAction & { readonly what: string; readonly version: number }>(
    1,
    ({ action, what, version }) =>
      `Action ${action} uses ${what}, which version ${version} does not allow`,
    () => "Set version: '3.0' for cohortextractor; from version 5 on, name the image's version.",
  ),
  "need-not-a-name": kind<OfAction & { readonly given: string }>(
    1,
    ({ action, given }) =>
      `The needs of ${action} hold ${given}, which is not the name of an action`,
    () => "Write needs: [first, second], with commas between names.",
  ),
  "need-unknown": kind<OfAction & { readonly need: string; readonly nearest: readonly string[] }>(
    1,
    ({ action, need }) => `Action ${action} needs ${JSON.stringify(need)}, which does not exist`,
    ({ nearest }) => (nearest.length === 0 ? "Check the name." : nearestHint(nearest)),
  ),
  "need-cycle": kind<{ readonly path: readonly string[] }>(
    1,
    ({ path }) => `Dependency cycle between actions: ${path.join(" -> ")}`,
    () => "None of them could ever start: remove one of these needs.",
  ),
} as const;
