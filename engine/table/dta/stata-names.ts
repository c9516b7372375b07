/** Names that Stata accepts for the columns of a study. */
import { fail } from "../../base/problems.ts";

/** In characters. */
export const LONGEST_NAME = 32;

/** Words that cannot be names, from `help reswords`; `str12` and its like as well. */
const RESERVED =
  /^(?:_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_N|_pi|_pred|_rc|_skip|strL|str\d+|using|with)$/;

/**
 * The name cut to 32 characters, with `_` for each character other than an English letter, a digit or
 * `_`, and before a first digit or a reserved word.
 */
export function stataName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]/gu, "_");
  const usable = plain === "" || /^\d/.test(plain) || RESERVED.test(plain) ? `_${plain}` : plain;
  return usable.slice(0, LONGEST_NAME);
}

/** A column that Stata cannot call what the study does. */
export interface RenamedColumn {
  readonly name: string;
  readonly stataName: string;
}

export function renamedForStata(names: readonly string[]): readonly RenamedColumn[] {
  const columns = names.map((name) => ({ name, stataName: stataName(name) }));
  return columns.filter((column) => column.name !== column.stataName);
}

/** One for each name. Problem: stata-name-taken, where two columns would have one name. */
export function stataNames(names: readonly string[], file: string): readonly string[] {
  const byStataName = new Map<string, string[]>();
  for (const name of names) {
    const same = byStataName.get(stataName(name)) ?? [];
    byStataName.set(stataName(name), [...same, name]);
  }
  for (const [name, columns] of byStataName) {
    if (columns.length > 1) fail("stata-name-taken", { file, name, columns });
  }
  return [...byStataName.keys()];
}
