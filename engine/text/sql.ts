/**
 * SQL that cannot be broken out of: whatever stands between the pieces of a template is quoted as a text,
 * unless it is a number or SQL that was made the same way. Names are quoted by `identifier`.
 */

/** Made by the functions of this file only; nothing that is read from a file can be one. */
export class Sql {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Only for this file: a value that comes from elsewhere is a text. */
  static of(text: string): Sql {
    return new Sql(text);
  }

  toString(): string {
    return this.#text;
  }
}

/** A text becomes a literal. */
export type SqlValue = Sql | number | bigint | string;

export function sql(pieces: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
  let text = pieces[0] ?? "";
  for (const [at, value] of values.entries()) text += valueText(value) + (pieces[at + 1] ?? "");
  return Sql.of(text);
}

function valueText(value: SqlValue): string {
  if (value instanceof Sql) return value.toString();
  if (typeof value === "string") return literalText(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error("not a finite number");
  return String(value);
}

/** What stands between the parts of a list. */
export type Separator =
  | ""
  | " "
  | ", "
  | " + "
  | " AND "
  | " OR "
  | " UNION ALL "
  | " UNION ALL BY NAME "
  | "; "
  | "\n"
  | ",\n";

export function joinSql(parts: readonly Sql[], separator: Separator): Sql {
  return Sql.of(parts.join(separator));
}

/** Each text once, in the order of first mention. */
export function distinctSql(parts: readonly Sql[]): readonly Sql[] {
  return [...new Map(parts.map((part) => [part.toString(), part])).values()];
}

/** Any text as a value, whatever characters are in it. */
export function literal(text: string): Sql {
  return Sql.of(literalText(text));
}

/**
 * A NUL ends a statement for many parsers, so it is named by its number; thousands of `||` would be nested
 * too deeply.
 */
function literalText(text: string): string {
  const quoted = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return quoted.length === 1 ? (quoted[0] ?? "''") : `concat(${quoted.join(", chr(0), ")})`;
}

/**
 * Any text as a name, whatever characters are in it but a NUL, which no database has in names: a sign that
 * people can see stands for it.
 */
export function identifier(name: string): Sql {
  return Sql.of(`"${name.replaceAll('"', '""').replaceAll("\0", "\u2400")}"`);
}

/** A name of this program's own that needs no quotes. Any other text is a bug, and throws. */
export function word(name: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error("not a plain SQL name");
  return Sql.of(name);
}

/** A statement that is SQL as a whole, such as a script. Never a part that was read from data or a study. */
export function trustedSql(text: string): Sql {
  return Sql.of(text);
}
