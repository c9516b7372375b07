/** Names of variables as TypeScript has them. */

/** `asthma_codes` to `asthmaCodes`; THE_MONTH stays. `otherwise` stands before a name that begins with no letter. */
export function variableName(name: string, otherwise: string): string {
  if (/^_*[A-Z0-9_]+$/.test(name) && /[A-Z]/.test(name)) return name;
  const joined = name
    .replace(/^_+|_+$/g, "")
    .replaceAll(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[A-Za-z]/.test(joined) ? joined : `${otherwise}${joined}`;
}

/** The name, or the first of `name2`, `name3` that nothing has. */
export function freeName(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  let number = 2;
  while (taken.has(`${wished}${number}`)) number += 1;
  return `${wished}${number}`;
}
