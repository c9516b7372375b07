/** The values of a coded column in order of first appearance, whatever lists the batches bring. */
import { MISSING_CODE } from "./typed-table.ts";

export interface ValueList {
  /** All values that rows have had so far; the empty text is none. */
  readonly values: readonly string[];
  /** From now on codes are of this list. */
  use(list: readonly string[]): void;
  /** The code in `values` of a code in the list; MISSING_CODE for the empty text. */
  codeOf(code: number): number;
}

const NOT_SEEN = -2;

export function valueList(): ValueList {
  const values: string[] = [];
  const codes = new Map<string, number>([["", MISSING_CODE]]);
  let list: readonly string[] = [];
  let known = new Int32Array(0);
  return {
    values,
    use: (next) => {
      if (next === list) return;
      list = next;
      known = new Int32Array(next.length).fill(NOT_SEEN);
    },
    codeOf: (code) => {
      const seen = known[code] ?? NOT_SEEN;
      if (seen !== NOT_SEEN) return seen;
      const value = list[code] ?? "";
      const added = codes.get(value) ?? values.push(value) - 1;
      codes.set(value, added);
      known[code] = added;
      return added;
    },
  };
}
