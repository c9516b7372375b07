/** The codelists of a recorded study as constants, each once. */
import { posix } from "node:path";
import type { Codelist } from "../../definition/model.ts";
import { freeName, variableName } from "./variable-names.ts";
import type { Doc } from "./document.ts";
import { callOf, entry, literal, objectOf } from "./written-code.ts";

export interface NamedCodelists {
  readonly nameOf: (codelist: Codelist) => string;
  /** In the order in which they were first named. */
  readonly constants: () => readonly (readonly [name: string, code: Doc])[];
  /** What they import. */
  readonly imports: () => readonly string[];
}

/** `fromFiles`: read again from the file where all codes come from one; whether that gives the same is for others to see. */
export function namedCodelists(fromFiles: boolean, taken: ReadonlySet<string>): NamedCodelists {
  const known = new Map<string, { readonly name: string; readonly codelist: Codelist }>();
  const names = new Set(taken);
  const isFile = (codelist: Codelist): boolean =>
    fromFiles &&
    codelist.files?.length === 1 &&
    codelist.codes.every((code) => typeof code === "string");
  return {
    nameOf: (codelist) => {
      const key = JSON.stringify(codelist);
      const found = known.get(key)?.name;
      if (found !== undefined) return found;
      const name = freeName(wishedName(codelist), names);
      names.add(name);
      known.set(key, { name, codelist });
      return name;
    },
    constants: () =>
      [...known.values()].map(({ name, codelist }) => [
        name,
        isFile(codelist) ? fileCode(codelist) : listCode(codelist),
      ]),
    imports: () => [
      ...new Set(
        [...known.values()].map(({ codelist }) =>
          isFile(codelist) ? "codelistFromCsv" : "codelist",
        ),
      ),
    ],
  };
}

function fileCode({ system, files = [] }: Codelist): Doc {
  const [{ file, column } = { file: "", column: "code" }] = files;
  const named = column === "code" ? [] : [{ doc: entry("column", literal(column)) }];
  const options = objectOf([{ doc: entry("system", literal(system)) }, ...named]);
  return callOf("codelistFromCsv", [{ doc: literal(file) }, { doc: options }]);
}

function listCode({ system, codes }: Codelist): Doc {
  return callOf("codelist", [{ doc: literal(codes) }, { doc: literal(system) }]);
}

function wishedName({ files = [] }: Codelist): string {
  const [first] = files;
  const stem = first === undefined ? "" : posix.parse(first.file).name;
  return variableName(stem.replaceAll(/[^A-Za-z0-9]+/g, "_").toLowerCase(), "codes");
}
