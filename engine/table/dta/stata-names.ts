/** Names that Stata accepts for the columns of a study. */
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
  const stata = stataNames(names);
  const columns = names.map((name, at) => ({ name, stataName: stata[at] ?? name }));
  return columns.filter((column) => column.name !== column.stataName);
}

/**
 * One for each name, no two the same. A name that Stata can have stays; of others that would be the same, the
 * first in the study's order keeps it, and those behind it end in `_2`, `_3`.
 */
export function stataNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names.filter((name) => stataName(name) === name));
  return names.map((name) => {
    const wanted = stataName(name);
    if (wanted === name) return name;
    let free = wanted;
    for (let number = 2; taken.has(free); number++) free = numbered(wanted, number);
    taken.add(free);
    return free;
  });
}

/** Whether a column of that name can stand under this one in a file that was written here. */
export function isStataNameOf(stata: string, name: string): boolean {
  const wanted = stataName(name);
  const [, number = ""] = /_([1-9]\d*)$/.exec(stata) ?? [];
  return stata === wanted || (Number(number) >= 2 && stata === numbered(wanted, Number(number)));
}

function numbered(stata: string, number: number): string {
  const end = `_${number}`;
  return `${stata.slice(0, LONGEST_NAME - end.length)}${end}`;
}
