/** A row of the vocabulary. */
export interface Concept {
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly vocabulary: string;
  readonly conceptClass: string;
  readonly standard: "S" | null;
  readonly code: string;
  /** U: replaced by another, D: gone. */
  readonly invalid: "U" | "D" | null;
}
