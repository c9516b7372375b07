/** Codes that cannot be of their codelist's system: they would match nothing, without a word. */
import { problem } from "../problems.ts";
import type { Place, Problem } from "../../base/problems.ts";
import { shapeOf } from "../function-table.ts";
import type { Codelist, CodelistFile, ColumnDefinition, StudyDefinition } from "../model.ts";
import { formOf, hasCheckDigit, wayOutOfCode } from "./code-forms.ts";
import { areCategorised } from "./make-codelist.ts";
import { lineOfCode } from "./line-of-code.ts";
import type { TextOfFile } from "./line-of-code.ts";

export interface CodesChecked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Problems "codes-of-no-system" and warnings "codes-check-digit", one for each codelist file, or column whose
 * codes are written out. Only what columns use is looked at.
 */
export function checkCodes(study: StudyDefinition, textOf: TextOfFile): CodesChecked {
  const groups = new Map<string, Group>();
  for (const name of study.column_order) gather(name, study.columns[name], groups);
  gather("population", study.population, groups);
  const all = [...groups.values()];
  return {
    problems: all.flatMap((group) => told("codes-of-no-system", group, group.strange, textOf)),
    warnings: all.flatMap((group) => told("codes-check-digit", group, group.misspelt, textOf)),
  };
}

/** Codes of one origin. */
interface Group {
  readonly column: string;
  readonly place: Place | undefined;
  readonly system: string;
  readonly files: readonly CodelistFile[];
  readonly codes: readonly string[];
  readonly strange: Set<string>;
  readonly misspelt: Set<string>;
}

function gather(
  name: string,
  column: ColumnDefinition | undefined,
  groups: Map<string, Group>,
): void {
  if (column === undefined) return;
  for (const [argument, { kind }] of Object.entries(shapeOf(column.function).args)) {
    const given = column.args[argument];
    if (given === undefined || given === null) continue;
    if (kind === "codelist") gatherCodes(given as Codelist, { name, column }, groups);
    if (kind !== "extra-columns") continue;
    const nested = Object.entries(given as Readonly<Record<string, ColumnDefinition>>);
    for (const [inner, extra] of nested) gather(inner, extra, groups);
  }
}

function gatherCodes(
  codelist: Codelist,
  { name, column }: { readonly name: string; readonly column: ColumnDefinition },
  groups: Map<string, Group>,
): void {
  const { system, files = [] } = codelist;
  const form = formOf(system);
  if (form === null || system === null) return;
  const codes = areCategorised(codelist.codes)
    ? codelist.codes.map(([code]) => code)
    : codelist.codes;
  const key = JSON.stringify([system, files.length > 0 ? files : name]);
  const empty = { strange: new Set<string>(), misspelt: new Set<string>() };
  const group = groups.get(key) ?? {
    ...{ column: name, place: column.place, system, files, codes, ...empty },
  };
  groups.set(key, group);
  for (const code of codes) {
    if (!form.fits.test(code)) group.strange.add(code);
    else if (system === "snomed" && !hasCheckDigit(code)) group.misspelt.add(code);
  }
}

const EXAMPLES = 3;

function told(
  code: "codes-of-no-system" | "codes-check-digit",
  { column, place, system, files, codes }: Group,
  found: ReadonlySet<string>,
  textOf: TextOfFile,
): readonly Problem[] {
  const [first] = found;
  if (first === undefined) return [];
  const examples = [...found].slice(0, EXAMPLES).map((each) => {
    return { code: each, at: lineOfCode(each, files, textOf) };
  });
  const at = examples[0]?.at ?? null;
  const { words = "" } = formOf(system) ?? {};
  const wayOut = wayOutOfCode(first, system, codes);
  const facts = { column, system, words, examples, count: found.size, wayOut };
  return [problem(code, { ...facts, file: at?.file ?? files[0]?.file ?? null }, at ?? place)];
}
