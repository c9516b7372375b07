/** A measure's file as it is packed. */
import type { PublishedFacts } from "../../measures/published-facts.ts";

export interface PackedFile {
  readonly file: string;
  readonly study: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly published: PublishedFacts;
}
