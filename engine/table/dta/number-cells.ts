/** Cells of the numeric types as numbers. */
import { shortest } from "../columns/single-float.ts";
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
