/** A name as YAML that reads back as the same text. */

/** Words that YAML, or a mapping file, takes for something else. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|missing|lacking)$/i;

export function plainScalar(name: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?$/.test(name);
  return isPlain && !RESERVED.test(name) ? name : JSON.stringify(name);
}

/** A column of the table itself, whatever its name. */
export function columnText(name: string): string {
  return /[.]/.test(name) || /^(?:missing|lacking)$/.test(name)
    ? `{column: ${JSON.stringify(name)}}`
    : plainScalar(name);
}
