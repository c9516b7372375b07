/** What a thread does that encodes pieces of cohort files. */
import { unreachable } from "../../base/problems.ts";
import { encodeSuppliedPiece } from "../../backend/supplied-file/supplied-piece.ts";
import type { SuppliedPiece } from "../../backend/supplied-file/supplied-piece.ts";
import type { CohortBatch, CohortSchema } from "../../table/cohort-schema.ts";
import { csvEncoder } from "../../table/csv/csv-writer.ts";
import { packedPart } from "../../table/csv/gzip-sink.ts";
import type { EncodedSupply } from "../../backend/supplied-file/supplied-piece.ts";

/** Plain data. */
export type PieceTask =
  | { readonly kind: "rows"; readonly schema: CohortSchema; readonly batch: CohortBatch }
  | { readonly kind: "part"; readonly part: Uint8Array; readonly before: Uint8Array | null }
  | { readonly kind: "supplied"; readonly piece: SuppliedPiece };

export type PieceAnswer = Uint8Array | EncodedSupply | null;

/** Bytes; of supplied rows null where one of them is not as it should be. */
export function encodePiece(task: PieceTask): PieceAnswer {
  switch (task.kind) {
    case "rows":
      return csvEncoder(task.schema)(task.batch);
    case "part":
      return packedPart(task.part, task.before);
    case "supplied":
      return encodeSuppliedPiece(task.piece);
    default:
      return unreachable(task);
  }
}
