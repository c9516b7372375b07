/** Cells of the numeric types as numbers. */
import { FIRST_MISSING } from "./storage-type.ts";
import type { StorageType } from "./storage-type.ts";

/** NaN for a missing value, whichever of Stata's twenty-seven it is. */
export type CellNumber = (view: DataView, at: number) => number;

/** Null for a column of texts. */
export function cellNumber({ kind }: StorageType, littleEndian: boolean): CellNumber | null {
  switch (kind) {
    case "byte":
      return (view, at) => present(view.getInt8(at), FIRST_MISSING.byte);
    case "int":
      return (view, at) => present(view.getInt16(at, littleEndian), FIRST_MISSING.int);
    case "long":
      return (view, at) => present(view.getInt32(at, littleEndian), FIRST_MISSING.long);
    case "float":
      return (view, at) =>
        shortest(present(view.getFloat32(at, littleEndian), FIRST_MISSING.float));
    case "double":
      return (view, at) => present(view.getFloat64(at, littleEndian), FIRST_MISSING.double);
    case "str":
    case "strL":
      return null;
  }
}

function present(value: number, firstMissing: number): number {
  return value < firstMissing ? value : NaN;
}

/** 27.9 and not 27.899999618530273: the shortest number that is the same in four bytes (decisions 28). */
function shortest(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 24) return value;
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
