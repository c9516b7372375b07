/** The version that a URL says its records have. */
import { createHash } from "node:crypto";

/** Of the records of a place, without a word of the URL; null where nobody says a version. */
export function toldVersion(
  kind: string,
  place: readonly (string | number | null)[],
  version: string | null,
): string | null {
  if (version === null) return null;
  const told = JSON.stringify([...place, version]);
  return `${kind} ${createHash("sha256").update(told).digest("hex").slice(0, 16)}`;
}
