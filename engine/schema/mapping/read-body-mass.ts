/** What a mapping file says of weights and heights: by which concepts they are measured, and in which units. */
import type { YamlEntry } from "../../base/yaml-node.ts";
import { kilogramsIn, metresIn, usualBodyMass } from "../omop/body-mass.ts";
import type { DeclaredBodyMass, DeclaredUnits } from "../omop/body-mass.ts";
import { conceptsOf, entriesOf, isConcept, knownEntries, wordOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

const MEASURES = ["weight", "height"] as const;
type Measure = (typeof MEASURES)[number];

const units: { readonly [M in Measure]: Readonly<Record<string, number>> } = {
  weight: kilogramsIn,
  height: metresIn,
};

type Found = ReadonlyMap<string, YamlEntry>;

export function readBodyMass(part: Part, notes: Notes): DeclaredBodyMass {
  const keys = ["index", "weight", "height", "units", "units_if_missing"];
  const found = knownEntries(part, keys, notes);
  const concepts = (key: "index" | Measure): readonly number[] => {
    const entry = found.get(key);
    const said =
      entry === undefined
        ? null
        : conceptsOf({ node: entry.value, what: `${part.what}.${key}` }, notes);
    return said ?? usualBodyMass[key];
  };
  const [own, ifMissing] = ["units", "units_if_missing"].map((key) =>
    measuresIn(found, key, notes),
  );
  return {
    index: concepts("index"),
    weight: concepts("weight"),
    height: concepts("height"),
    kilograms: unitsOf("weight", { own, ifMissing, usual: usualBodyMass.kilograms }, notes),
    metres: unitsOf("height", { own, ifMissing, usual: usualBodyMass.metres }, notes),
  };
}

function measuresIn(found: Found, key: string, notes: Notes): Found {
  const entry = found.get(key);
  if (entry === undefined) return new Map();
  return knownEntries({ node: entry.value, what: `bmi.${key}` }, MEASURES, notes);
}

interface SaidUnits {
  readonly own: Found | undefined;
  readonly ifMissing: Found | undefined;
  readonly usual: DeclaredUnits;
}

/** Units that a site adds stand beside the usual ones, or in their place. */
function unitsOf(of: Measure, { own, ifMissing, usual }: SaidUnits, notes: Notes): DeclaredUnits {
  const added = own?.get(of);
  const factors = new Map(usual.factors);
  if (added !== undefined) {
    const part = { node: added.value, what: `bmi.units.${of}` };
    for (const { key, at, value } of entriesOf(part, notes)) {
      const factor = factorOf(of, { node: value, what: `${part.what}.${key}` }, notes);
      const concept = /^\d{1,10}$/.test(key) ? Number(key) : 0;
      if (!isConcept(concept)) {
        const named = { kind: "scalar", at, value: key, text: key } as const;
        wrong({ node: named, what: part.what }, "units by the concept: {9529: kg}", notes);
      } else if (factor !== null) factors.set(concept, factor);
    }
  }
  const said = ifMissing?.get(of);
  const what = `bmi.units_if_missing.${of}`;
  const missing = said === undefined ? null : factorOf(of, { node: said.value, what }, notes);
  return { factors: [...factors], ifMissing: missing };
}

function factorOf(of: Measure, part: Part, notes: Notes): number | null {
  const known = units[of];
  const name = wordOf(part, notes);
  if (name === null) return null;
  const factor = Object.hasOwn(known, name) ? known[name] : undefined;
  return factor ?? wrong(part, `one of ${Object.keys(known).join(", ")}`, notes);
}
