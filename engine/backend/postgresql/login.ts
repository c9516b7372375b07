/** Who asks, from files and the environment, so that no command line shows it. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { loginFile, loginSecret } from "../database/login-files.ts";
import type { LoginFrom } from "../database/login-files.ts";
import { passwordIn } from "./password-file.ts";
import { loginOptions } from "./postgresql-url.ts";
import type { LoginOption, PostgresqlUrl } from "./postgresql-url.ts";
import { fail } from "./problems.ts";

export interface Login {
  /** Null where none is given: the server may not ask. */
  readonly password: string | null;
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
}

/** Problem: postgresql-login-file. */
export function loginOf(url: PostgresqlUrl, from: LoginFrom, note: (text: string) => void): Login {
  const files = {
    named: url.login,
    variables: loginOptions,
    unreadable: (option: string) => fail("postgresql-login-file", { option }),
  };
  const file = (option: LoginOption): Buffer | null => loginFile(option, files, from);
  const given = url.password ?? loginSecret("PGPASSWORD", file("password_file"), from);
  return {
    password: given ?? passwordFrom(url, from, note),
    ca: file("sslrootcert"),
    cert: file("sslcert"),
    key: file("sslkey"),
  };
}

/** From the file that is named, or the usual one; it is passed over where others may read it, as everybody does. */
function passwordFrom(
  url: PostgresqlUrl,
  from: LoginFrom,
  note: (text: string) => void,
): string | null {
  const { environment, workspace } = from;
  const named = url.login.get("passfile") ?? environment["PGPASSFILE"] ?? "";
  const home = environment["HOME"] ?? "";
  if (named === "" && home === "") return null;
  const path = resolve(workspace, named === "" ? join(home, ".pgpass") : named);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined && named === "") return null;
  if (found !== undefined && (found.mode & 0o077) !== 0) {
    note("the password file is passed over: others may read it (chmod 600)");
    return null;
  }
  const files = {
    named: new Map([["passfile", path]] as const),
    variables: { passfile: loginOptions.passfile },
    unreadable: (option: string) => fail("postgresql-login-file", { option }),
  };
  return passwordIn(loginFile("passfile", files, from)?.toString("utf8") ?? "", url);
}
