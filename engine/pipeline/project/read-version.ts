/** The version of a project.yaml, and what depends on it alone. */
import type { YamlEntry, YamlNode } from "../../base/yaml-node.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { isNothing, knownEntries, missingKey } from "./shape.ts";
import type { Part } from "./shape.ts";

export const LATEST_VERSION = 5;

/** From this version on, cohortextractor and expectations are refused. */
export const WITHOUT_COHORTEXTRACTOR = 4;

/** Versions up to this one are read with leniency: studies of those years cannot change any more. */
export const LENIENT_UNTIL = 3;

/** What versions 1 and 2 always make, and later ones where they cannot say it. */
export const USUAL_POPULATION = 1000;

/** 1 to 5; the latest where it is missing or wrong, so that the rest can be checked. */
export function readVersion(
  project: Part,
  entry: YamlEntry | undefined,
  findings: Findings,
): number {
  if (entry === undefined) {
    if (project.node.kind === "map") missingKey("version", project, findings);
    return LATEST_VERSION;
  }
  const version = wholeVersion(entry.value);
  if (version === null) {
    const given = shown(entry.value);
    report(findings.problems, "project-version", { given }, entry.value.at);
    return LATEST_VERSION;
  }
  return version;
}

/** 3, 3.0, "3" and "3.0" are the same. */
function wholeVersion(node: YamlNode): number | null {
  if (node.kind !== "scalar" || typeof node.value === "boolean") return null;
  const text = String(node.value ?? "");
  const match = /^([1-9])(\.0+)?$/.exec(text);
  const version = Number(match?.[1] ?? 0);
  return version >= 1 && version <= LATEST_VERSION ? version : null;
}

interface Reading {
  readonly version: number;
  readonly findings: Findings;
}

/** Dummy patients to make; null where it is wrong. */
export function readPopulation(
  project: Part,
  entry: YamlEntry | undefined,
  { version, findings }: Reading,
): number | null {
  if (version >= WITHOUT_COHORTEXTRACTOR) return refuseExpectations(entry, version, findings);
  if (version < LENIENT_UNTIL) return oldPopulation(entry, version, findings);
  const part = entry && { node: entry.value, what: "expectations" };
  const size = part && knownEntries(part, ["population_size"], findings).get("population_size");
  if (size !== undefined) return positiveWhole(size.value, findings);
  report(findings.problems, "project-population-missing", {}, (entry ?? project.node).at);
  return null;
}

/** Whatever stands there, as versions 1 and 2 do not read it. */
function oldPopulation(
  entry: YamlEntry | undefined,
  version: number,
  { warnings }: Findings,
): number {
  const entries = entry?.value.kind === "map" ? entry.value.entries : [];
  const size = entries.find(({ key }) => key === "population_size");
  if (size !== undefined && shown(size.value) !== String(USUAL_POPULATION)) {
    const facts = { version, given: shown(size.value) };
    report(warnings, "project-population-ignored", facts, size.at);
  }
  return USUAL_POPULATION;
}

function refuseExpectations(
  entry: YamlEntry | undefined,
  version: number,
  { problems }: Findings,
): number {
  if (entry !== undefined && !isNothing(entry.value))
    report(problems, "project-expectations-refused", { version }, entry.at);
  return USUAL_POPULATION;
}

function positiveWhole(node: YamlNode, { problems }: Findings): number | null {
  const value = node.kind === "scalar" ? node.value : null;
  // Python, which read these files first, takes 1_000 and 1000.0 for 1000.
  const text = typeof value === "boolean" ? "" : String(value ?? "").replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  report(problems, "project-population", { given: shown(node) }, node.at);
  return null;
}

function shown(node: YamlNode): string {
  if (node.kind !== "scalar") return `a ${node.kind}`;
  return node.value === null ? "nothing" : String(node.value);
}
