/** Who asks, from files and the environment, so that no command line shows it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fail } from "./problems.ts";
import { loginOptions } from "./mssql-url.ts";
import type { LoginOption, MssqlUrl } from "./mssql-url.ts";

export interface LoginFrom {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where paths of the URL begin. */
  readonly workspace: string;
}

export interface Login {
  /** As the driver takes it. */
  readonly authentication: object;
  readonly ca: Buffer | null;
}

/** Problems: mssql-login-file, mssql-login-twice, mssql-login-missing. */
export function loginOf(url: MssqlUrl, from: LoginFrom): Login {
  const file = (option: LoginOption): Buffer | null => fileOf(option, url, from);
  const password = secret("MSSQL_PASSWORD", file("password_file"), from) ?? url.password;
  const token = secret("MSSQL_TOKEN", file("token_file"), from);
  if (password !== null && token !== null)
    fail("mssql-login-twice", { options: ["password_file", "token_file"] });
  const ca = file("ca");
  if (token !== null) {
    return {
      authentication: { type: "azure-active-directory-access-token", options: { token } },
      ca,
    };
  }
  if (password === null || url.user === "") return fail("mssql-login-missing", {});
  return { authentication: { type: "default", options: { userName: url.user, password } }, ca };
}

function fileOf(
  option: LoginOption,
  { login }: MssqlUrl,
  { environment, workspace }: LoginFrom,
): Buffer | null {
  const path = login.get(option) ?? environment[loginOptions[option]] ?? "";
  if (path === "") return null;
  try {
    return readFileSync(resolve(workspace, path));
  } catch {
    return fail("mssql-login-file", { option: login.has(option) ? option : loginOptions[option] });
  }
}

/** A line break at the end of a file is none of the secret. */
function secret(name: string, file: Buffer | null, { environment }: LoginFrom): string | null {
  if (file !== null) return file.toString("utf8").replace(/\r?\n$/, "");
  const value = environment[name] ?? "";
  return value === "" ? null : value;
}
