/** How many codes of a codelist the vocabularies of records have, and in which state: never how many patients or records. */
import { quotedList } from "../base/wording.ts";

export interface CodelistCounts {
  /** How many different codes it has. */
  readonly codes: number;
  readonly found: number;
  /** In no vocabulary of its system. */
  readonly missing: number;
  readonly retired: number;
  /** Found, and mapped to no standard concept. */
  readonly unmapped: number;
  /** Mapped to something coarser: codes outside the list are mapped to the same. */
  readonly shared: number;
}

const SHOWN = 5;

/** `10 of 12 codes found; 2 not there; 1 retired`; those not there by their names where they are given. */
export function countsText(counts: CodelistCounts, names: readonly string[] = []): string {
  const { codes, found, missing, retired, unmapped, shared } = counts;
  const more = names.length > SHOWN ? " …" : "";
  const absent =
    names.length === 0
      ? `${missing} not there`
      : `not there: ${quotedList(names.slice(0, SHOWN))}${more}`;
  const parts = [
    `${found} of ${codes} codes found`,
    ...(missing === 0 ? [] : [absent]),
    ...(retired === 0 ? [] : [`${retired} retired`]),
    ...(unmapped === 0 ? [] : [`${unmapped} without a standard concept`]),
    ...(shared === 0 ? [] : [`${shared} share theirs with codes outside the list`]),
  ];
  return parts.join("; ");
}
