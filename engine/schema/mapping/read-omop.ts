/** What a mapping file based on OMOP says besides tables: how codes are looked up, and what the model does not tell. */
import { parseIsoDate } from "../../base/dates.ts";
import type { YamlEntry } from "../../base/yaml-node.ts";
import { areAllEvents, MAY_BE_ABSENT, NOTHING_DECLARED } from "../omop/declared.ts";
import type { DeclaredDeaths, OmopDeclared } from "../omop/declared.ts";
import type { OmopVersion } from "../omop/omop-tables.ts";
import { readBodyMass } from "./read-body-mass.ts";
import { readCodes } from "./read-codes.ts";
import { conceptsOf, isTrue, itemsOf, knownEntries, noteUnknown, wordOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

/** Of files that are based on OMOP alone. */
export const OMOP_KEYS = [
  ...["codes", "data_until", "consultations", "outpatients", "absent", "history"],
  ...["within_observation", "bmi", "deaths"],
] as const;

type Found = ReadonlyMap<string, YamlEntry>;

export function readOmop(found: Found, version: OmopVersion, notes: Notes): OmopDeclared {
  const at = <T>(key: string, read: (part: Part, notes: Notes) => T | null, otherwise: T): T => {
    const entry = found.get(key);
    if (entry === undefined) return otherwise;
    return read({ node: entry.value, what: key }, notes) ?? otherwise;
  };
  const { vocabularies, bodyMass, deaths } = NOTHING_DECLARED;
  const dataUntil = at<string | null>("data_until", dayOf, null);
  return {
    ...NOTHING_DECLARED,
    version,
    vocabularies: { ...at("codes", readCodes, vocabularies), dataUntil },
    consultations: at("consultations", conceptsOf, []),
    outpatients: at("outpatients", conceptsOf, []),
    absent: at("absent", absentOf, []),
    historyIsComplete: at("history", isComplete, false),
    isWithinObservation: at("within_observation", isTrue, false),
    bodyMass: at("bmi", readBodyMass, bodyMass),
    deaths: at("deaths", readDeaths, deaths),
    saidIn: "file",
  };
}

/** Where the file is based on something else. */
export function refuseOmopKeys(found: Found, notes: Notes): void {
  for (const key of OMOP_KEYS) {
    const entry = found.get(key);
    const wanted = "in a file based on omop-5.4 or omop-5.3: other records have no vocabularies";
    if (entry !== undefined) notes.note("mapping-value", { what: key, wanted }, entry.at);
  }
}

function dayOf(part: Part, notes: Notes): string | null {
  const day = parseIsoDate(wordOf(part, notes) ?? "");
  return day ?? wrong(part, "a day such as 2024-03-31", notes);
}

function isComplete(part: Part, notes: Notes): boolean | null {
  const { node } = part;
  if (node.kind === "scalar" && node.value === "complete") return true;
  return wrong(part, "complete, or not there", notes);
}

function absentOf(part: Part, notes: Notes): readonly string[] | null {
  const names: string[] = [];
  for (const node of itemsOf(part, MAY_BE_ABSENT.length, notes)) {
    const name = wordOf({ node, what: part.what }, notes);
    if (name === null) continue;
    if (MAY_BE_ABSENT.some((each) => each === name)) names.push(name);
    else noteUnknown("The table", { key: name, at: node.at }, MAY_BE_ABSENT, notes);
  }
  return areAllEvents(names) ? wrong(part, "not all tables of events", notes) : names;
}

function readDeaths(part: Part, notes: Notes): DeclaredDeaths {
  const found = knownEntries(part, ["primary_care_types", "cause_is_underlying"], notes);
  const [types, cause] = [found.get("primary_care_types"), found.get("cause_is_underlying")];
  const what = (key: string) => `${part.what}.${key}`;
  return {
    primaryCareTypes:
      types === undefined
        ? []
        : (conceptsOf({ node: types.value, what: what(types.key) }, notes) ?? []),
    causeIsUnderlying:
      cause !== undefined && isTrue({ node: cause.value, what: what(cause.key) }, notes) === true,
  };
}
