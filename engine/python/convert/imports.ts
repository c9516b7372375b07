/** What `import` and `from … import` of Python bring into a module. */
import { parts } from "./python-tree.ts";
import type { PythonNode } from "./python-tree.ts";
import type { Meaning, Scope } from "./scope.ts";

/** Gives the scope of a module of the author's, translated if it was not yet; null for any other module. */
export type ImportModule = (name: string) => Scope | null;

const PACKAGE = "cohortextractor";

export function readImport(node: PythonNode, scope: Scope, importModule: ImportModule): void {
  for (const each of parts(node, "names")) {
    const [name, alias] = [textOr(each, "name"), textOr(each, "asname")];
    if (node._ === "Import")
      scope.names.set(alias || topOf(name), wholeModule(alias ? name : topOf(name), importModule));
    else importFrom(textOr(node, "module"), { name, alias: alias || name }, scope, importModule);
  }
}

function textOr(node: PythonNode, field: string): string {
  const text = node.fields[field];
  return typeof text === "string" ? text : "";
}

function topOf(module: string): string {
  return module.split(".")[0] ?? module;
}

function wholeModule(name: string, importModule: ImportModule): Meaning {
  if (name === PACKAGE) return { kind: "whole-package" };
  if (name === `${PACKAGE}.patients`) return { kind: "package", name: "patients" };
  return importModule(name) === null ? { kind: "foreign", name } : { kind: "module", name };
}

interface Imported {
  readonly name: string;
  readonly alias: string;
}

const exported = [
  ...["StudyDefinition", "Measure", "patients", "params"],
  ...["codelist", "codelist_from_csv", "combine_codelists", "filter_codes_by_category"],
];

function importFrom(
  module: string,
  { name, alias }: Imported,
  scope: Scope,
  importModule: ImportModule,
): void {
  if (topOf(module) === PACKAGE) {
    // Functions of `patients` by themselves, and internals of the package, are left to their recorded form.
    const known = name === "*" ? exported : [name].filter((each) => exported.includes(each));
    for (const each of known)
      scope.names.set(name === "*" ? each : alias, { kind: "package", name: each });
    if (known.length === 0) scope.names.set(alias, { kind: "foreign", name });
    return;
  }
  const from = importModule(module);
  if (name !== "*") {
    const whole: Meaning = { kind: "foreign", name: `${module}.${name}` };
    scope.names.set(alias, from?.names.get(name) ?? whole);
    return;
  }
  for (const [each, meaning] of from?.names ?? [])
    if (!each.startsWith("_")) scope.names.set(each, meaning);
}
