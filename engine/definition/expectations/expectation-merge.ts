/** A column's expectations laid over the study's. */

export type Loose = Readonly<Record<string, unknown>>;

/**
 * Object by object, key by key, the column's own winning; neither is altered. What is no object
 * counts as empty. Ratios written as `$pairs` replace what they are laid over.
 */
export function mergeExpectations(defaults: unknown, own: unknown): Loose {
  const merged: Record<string, unknown> = { ...asLoose(defaults) };
  for (const [key, value] of Object.entries(asLoose(own))) {
    const under = merged[key];
    merged[key] =
      isMergeable(under) && isMergeable(value) ? mergeExpectations(under, value) : value;
  }
  return merged;
}

/** The object itself; an empty one for anything else. */
export function asLoose(value: unknown): Loose {
  return isLoose(value) ? value : {};
}

export function isLoose(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMergeable(value: unknown): boolean {
  return isLoose(value) && !Object.hasOwn(value, "$pairs");
}
