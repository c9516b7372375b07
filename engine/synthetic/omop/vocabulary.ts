/**
 * A vocabulary for the codes of synthetic records, as OMOP has one: source concepts and the standard ones that they map
 * to. Some codes are retired, some map to nothing, some are in no vocabulary. What a study looks for is always there, so
 * that no codelist of its is empty. Concepts are numbered in the range that the model leaves to each site. Pure.
 */
import { baseConcepts, measuredBy } from "./base-concepts.ts";
import type { Concept } from "./concept.ts";

export type CodeSystem = "snomed" | "ctv3" | "icd10" | "opcs4" | "dmd" | "vaccine";

export interface RecordedCode {
  readonly system: CodeSystem;
  readonly code: string;
  /** Whether some row has a number beside it. */
  readonly isMeasured: boolean;
  /** Whether a study looks for it. */
  readonly isWanted: boolean;
}

/** How rows of a code are recorded. */
export interface Coding {
  readonly system: CodeSystem;
  readonly code: string;
  /** 0 where there is none. */
  readonly source: number;
  readonly standard: number;
  readonly domain: Domain;
  readonly unit: number | null;
}

export type Domain = "Condition" | "Measurement" | "Observation" | "Procedure" | "Drug";

export interface Vocabulary {
  readonly concepts: readonly Concept[];
  /** From a source concept to the standard one; standard ones map to themselves. */
  readonly mapsTo: readonly (readonly [from: number, to: number])[];
  /** From a concept to one below it, with the levels between. */
  readonly ancestors: readonly (readonly [above: number, below: number, levels: number])[];
  readonly codings: readonly Coding[];
}

/** The first that no vocabulary of others uses. */
const FIRST_LOCAL = 2_000_000_001;

type Fresh = Omit<Concept, "id">;

interface Making {
  readonly add: (concept: Fresh) => number;
  readonly link: (from: number, to: number) => void;
  /** The concept of a 3-character category of ICD-10, made when first asked for. */
  readonly category: (code: string) => number;
}

/** The same for the same codes, in whatever order they are told. */
export function vocabularyOf(recorded: readonly RecordedCode[]): Vocabulary {
  const concepts: Concept[] = [...baseConcepts];
  const mapsTo: [number, number][] = [];
  const ancestors: [number, number, number][] = [];
  const categories = new Map<string, number>();
  const add = (concept: Fresh): number => {
    const id = FIRST_LOCAL + concepts.length - baseConcepts.length;
    concepts.push({ ...concept, id });
    return id;
  };
  const root = add(standardConcept("SNOMED", "Condition", "64572001", "Disease"));
  const category = (code: string): number => {
    const known = categories.get(code);
    if (known !== undefined) return known;
    const made = add(
      standardConcept("SNOMED", "Condition", `category-${code}`, `Category ${code}`),
    );
    ancestors.push([root, made, 1]);
    categories.set(code, made);
    return made;
  };
  const making = { add, category, link: (from: number, to: number) => mapsTo.push([from, to]) };
  const made = new Map<string, Coding>();
  const codings = inOrder(recorded).map((each): Coding => {
    // One code that is written with and without its point is one concept.
    const key = `${each.system} ${shownCode(each)}`;
    const known = made.get(key) ?? codingOf(each, making);
    made.set(key, known);
    return { ...known, code: each.code };
  });
  for (const { id, standard } of concepts) {
    if (standard === null) continue;
    mapsTo.push([id, id]);
    ancestors.push([id, id, 0]);
  }
  return { concepts, mapsTo, ancestors, codings };
}

function inOrder(recorded: readonly RecordedCode[]): readonly RecordedCode[] {
  const key = ({ system, code }: RecordedCode): string => `${system} ${code}`;
  return [...recorded].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function codingOf(recorded: RecordedCode, making: Making): Coding {
  const { system, code } = recorded;
  const domain = domainOf(recorded);
  const lot = lotOf(`${system} ${code}`);
  const coding = (source: number, standard: number): Coding => {
    const unit = measuredBy.get(code)?.unit ?? null;
    return { system, code, source, standard, domain, unit };
  };
  const known = measuredBy.get(code)?.concept;
  const toItself = (vocabulary: string): Coding => {
    const id = making.add(
      standardConcept(vocabulary, domain, shownCode(recorded), nameOf(recorded)),
    );
    return coding(id, id);
  };
  const mapped = (vocabulary: string, target: number | null, invalid: Concept["invalid"]) => {
    const source = making.add({
      ...standardConcept(vocabulary, domain, shownCode(recorded), nameOf(recorded)),
      standard: null,
      invalid,
    });
    if (target !== null) making.link(source, target);
    return coding(source, target ?? 0);
  };
  const another = (vocabulary: string, word: string): number =>
    making.add(
      standardConcept(vocabulary, domain, `${word}-${code}`, `${nameOf(recorded)} (${word})`),
    );
  switch (system) {
    case "snomed":
      if (known !== undefined) return mapped("SNOMED", known, null);
      if (lot < 4) return mapped("SNOMED", another("SNOMED", "replacement"), "U");
      if (lot < 6) return mapped("SNOMED", null, "D");
      if (lot < 8 && !recorded.isWanted) return coding(0, 0);
      return toItself("SNOMED");
    case "ctv3":
      if (known !== undefined) return mapped("CTV3", known, null);
      return mapped("CTV3", lot < 90 ? another("SNOMED", "ctv3") : null, null);
    case "icd10":
      return mapped("ICD10", lot < 95 ? making.category(code.slice(0, 3)) : null, null);
    case "opcs4":
      return toItself("OPCS4");
    case "dmd":
      return mapped("dm+d", lot < 96 ? another("RxNorm Extension", "drug") : null, null);
    case "vaccine":
      return { ...toItself("RxNorm Extension"), source: 0 };
  }
}

function standardConcept(vocabulary: string, domain: string, code: string, name: string): Fresh {
  const conceptClass = vocabulary === "RxNorm Extension" ? "Clinical Drug" : vocabulary;
  // The model has room for so many characters.
  const [shortCode, shortName] = [code.slice(0, 50), name.slice(0, 255)];
  return {
    name: shortName,
    domain,
    vocabulary,
    conceptClass,
    standard: "S",
    code: shortCode,
    invalid: null,
  };
}

function nameOf({ system, code }: RecordedCode): string {
  return system === "vaccine" ? code : `${system} ${code}`;
}

/** ICD-10 and OPCS-4 have a point behind the third character, and no X that only fills a code up. */
function shownCode({ system, code, isWanted }: RecordedCode): string {
  if (system !== "icd10" && system !== "opcs4") return code;
  const plain = isWanted ? code.replace(".", "") : code.replace(/^(...)X$/, "$1");
  return plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain;
}

function domainOf({ system, code, isMeasured }: RecordedCode): Domain {
  switch (system) {
    case "icd10":
      return "Condition";
    case "opcs4":
      return "Procedure";
    case "dmd":
    case "vaccine":
      return "Drug";
    case "snomed":
    case "ctv3": {
      if (isMeasured || measuredBy.has(code)) return "Measurement";
      const lot = lotOf(`domain ${system} ${code}`);
      return lot < 70 ? "Condition" : lot < 90 ? "Observation" : "Procedure";
    }
  }
}

/** 0 to 99, the same for the same text. */
function lotOf(text: string): number {
  let sum = 2_166_136_261;
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (((sum ^ (sum >>> 15)) >>> 0) % 9973) % 100;
}
