/** The passwords of a file as PostgreSQL's own programs read it: `HOST:PORT:DATABASE:USER:PASSWORD`, a line each. */

export interface PasswordFor {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** Of the first line that is for it; null where none is. A `*` stands for anything; `\:` and `\\` for themselves. */
export function passwordIn(
  text: string,
  { host, port, database, user }: PasswordFor,
): string | null {
  // A socket in the usual folder is told as the machine itself.
  const names = host.startsWith("/") ? [host, "localhost"] : [host];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const fields = fieldsOf(line);
    const [ofHost = "", ofPort, ofDatabase, ofUser, password] = fields;
    if (password === undefined || password === "") continue;
    const isFor =
      (ofHost === "*" || names.includes(ofHost)) &&
      isOf(ofPort, String(port)) &&
      isOf(ofDatabase, database) &&
      isOf(ofUser, user);
    if (isFor) return password;
  }
  return null;
}

function isOf(field: string | undefined, value: string): boolean {
  return field === "*" || field === value;
}

function fieldsOf(line: string): readonly string[] {
  return (line.match(/(?:\\[^]|[^\\:])*(?::|$)/g) ?? []).map((field) =>
    field.replace(/:$/, "").replace(/\\([^])/g, "$1"),
  );
}
