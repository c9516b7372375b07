/** How a mapping file says that codelists are looked up in the vocabularies of the records. */
import type { YamlEntry } from "../../base/yaml-node.ts";
import { codeMatches, standardMatches } from "../../definition/codelists/code-match.ts";
import type { CodeMatch } from "../../definition/codelists/code-match.ts";
import { NOTHING_DECLARED } from "../omop/declared.ts";
import { usualVocabularies } from "../vocabulary-settings.ts";
import type { VocabularySettings } from "../vocabulary-settings.ts";
import { entriesOf, isTrue, itemsOf, knownEntries, noteUnknown, textOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

const MOST_VOCABULARIES = 100;
const SYSTEMS = [...Object.keys(usualVocabularies), "ctv3"];

export function readCodes(part: Part, notes: Notes): VocabularySettings {
  const keys = ["match", "descendants", "systems", "allow_empty"];
  const found = knownEntries(part, keys, notes);
  const is = (key: string): boolean => {
    const entry = found.get(key);
    return (
      entry !== undefined &&
      isTrue({ node: entry.value, what: `${part.what}.${key}` }, notes) === true
    );
  };
  const usual = NOTHING_DECLARED.vocabularies;
  const match = matchOf(found.get("match"), notes) ?? usual.match;
  const descendants = is("descendants");
  const [systems, descendantsOf] = systemsOf(found.get("systems"), notes);
  // Only standard concepts are above and below one another.
  const below = found.get(descendants ? "descendants" : "systems");
  const goesBelow = descendants || Object.values(descendantsOf).includes(true);
  if (below !== undefined && goesBelow && !standardMatches.includes(match)) {
    const wanted = `without descendants where match is ${match}: only standard concepts have any`;
    notes.note("mapping-value", { what: part.what, wanted }, below.at);
  }
  return { ...usual, match, descendants, systems, descendantsOf, allowEmpty: is("allow_empty") };
}

function matchOf(entry: YamlEntry | undefined, notes: Notes): CodeMatch | null {
  if (entry === undefined) return null;
  const part = { node: entry.value, what: "codes.match" };
  const name = textOf(part, notes);
  const match = codeMatches.find((each) => each === name);
  return match ?? (name === null ? null : wrong(part, `one of ${codeMatches.join(", ")}`, notes));
}

type Systems = readonly [VocabularySettings["systems"], VocabularySettings["descendantsOf"]];

function systemsOf(entry: YamlEntry | undefined, notes: Notes): Systems {
  const systems: Record<string, readonly string[]> = {};
  const below: Record<string, boolean> = {};
  if (entry === undefined) return [systems, below];
  for (const each of entriesOf({ node: entry.value, what: "codes.systems" }, notes)) {
    const { key, value } = each;
    if (!SYSTEMS.includes(key)) {
      noteUnknown("The system", each, SYSTEMS, notes);
      continue;
    }
    const part = { node: value, what: `codes.systems.${key}` };
    if (value.kind !== "map") {
      systems[key] = vocabulariesOf(part, notes);
      continue;
    }
    const said = knownEntries(part, ["vocabularies", "descendants"], notes);
    const [names, goesBelow] = [said.get("vocabularies"), said.get("descendants")];
    if (names !== undefined) systems[key] = vocabulariesOf({ ...part, node: names.value }, notes);
    if (goesBelow !== undefined)
      below[key] =
        isTrue({ node: goesBelow.value, what: `${part.what}.descendants` }, notes) ?? false;
  }
  return [systems, below];
}

function vocabulariesOf(part: Part, notes: Notes): readonly string[] {
  return itemsOf(part, MOST_VOCABULARIES, notes).flatMap(
    (node) => textOf({ node, what: part.what }, notes) ?? [],
  );
}
