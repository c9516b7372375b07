/** Which names stand for what while a module is translated. */
import { reservedNames } from "./reserved-names.ts";
import { freeName, variableName } from "./variable-names.ts";

export type Meaning =
  /** A variable of the printed file. `params` are those of a function of the author's, in order. */
  | { readonly kind: "variable"; readonly text: string; readonly params?: readonly string[] }
  /** Something of the package: `patients`, `codelist`. */
  | { readonly kind: "package"; readonly name: string }
  /** The package itself. */
  | { readonly kind: "whole-package" }
  /** A module of the author's. */
  | { readonly kind: "module"; readonly name: string }
  /** A module or a name of Python's library, of which nothing is here. */
  | { readonly kind: "foreign"; readonly name: string };

export interface Scope {
  readonly outer: Scope | null;
  readonly names: Map<string, Meaning>;
  /** Every name of variables of the file, so that none hides another. */
  readonly taken: Set<string>;
  readonly isBlock?: true;
  /** Names that the printed file must have. */
  readonly fixed?: ReadonlyMap<string, string>;
}

const fixed = new Map([
  ["study", "cohort"],
  ["measures", "measures"],
]);

/** Of the study's own module. */
export function outermostScope(): Scope {
  const taken = new Set([...reservedNames, ...fixed.values()]);
  return { outer: null, names: new Map(), taken, fixed };
}

export function innerScope(outer: Scope): Scope {
  return { outer, names: new Map(), taken: outer.taken };
}

/** Of a block: what is assigned in it may be a variable of the scope around it. */
export function blockScope(outer: Scope): Scope {
  return { ...innerScope(outer), isBlock: true };
}

/** A scope beside the first: names of its own, and no two variables of one name. */
export function besideScope(scope: Scope): Scope {
  return { outer: null, names: new Map(), taken: scope.taken };
}

export function meaningOf(name: string, scope: Scope | null): Meaning | null {
  return scope === null ? null : (scope.names.get(name) ?? meaningOf(name, scope.outer));
}

/** The variable of that name in this scope, made if it is not there. */
export function variableIn(scope: Scope, name: string): string {
  const known = scope.names.get(name);
  if (known?.kind === "variable") return known.text;
  const taken = scope.outer === null ? scope.taken : textsOfOthers(name, scope);
  const text = scope.fixed?.get(name) ?? freeName(variableName(name, "x"), taken);
  if (scope.outer === null) scope.taken.add(text);
  scope.names.set(name, { kind: "variable", text });
  return text;
}

/** An inner variable may hide an outer one of its own name, as it does in Python, and no other. */
function textsOfOthers(name: string, scope: Scope): ReadonlySet<string> {
  const texts = new Set([...reservedNames, "cohort"]);
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    for (const [other, meaning] of at.names) {
      if (other !== name && meaning.kind === "variable") texts.add(meaning.text);
    }
  }
  return texts;
}
