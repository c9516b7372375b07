/** Phrases that several problems share. */

/** `"a", "b"`. */
export function quotedList(names: Iterable<string>): string {
  return [...names].map((name) => JSON.stringify(name)).join(", ");
}

/** The way out when a name was probably misspelt. */
export function nearestHint(nearest: readonly string[]): string {
  return nearest.length === 0 ? "" : `Nearest: ${quotedList(nearest)}.`;
}

/** A name of the canonical form as authors write it: `reference_date` is `referenceDate`. */
export function spoken(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `Measure "a"`, or `Measures "a", "b", "c" and 4 more`. */
export function someMeasures(ids: readonly string[]): string {
  return `${ids.length === 1 ? "Measure" : "Measures"} ${someNames(ids)}`;
}

/** `a, b, c and 4 more` */
export function firstNames(names: readonly string[], shown = 3): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** `"a", "b", "c" and 4 more`: enough to know which are meant. */
export function someNames(names: readonly string[], shown = 3): string {
  return firstNames(
    names.map((name) => JSON.stringify(name)),
    shown,
  );
}
