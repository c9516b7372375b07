/** Who asks, from files and the environment, so that no command line shows it. */
import { loginFile, loginSecret } from "../database/login-files.ts";
import type { LoginFrom } from "../database/login-files.ts";
import { fail } from "./problems.ts";
import { loginOptions } from "./mssql-url.ts";
import type { LoginOption, MssqlUrl } from "./mssql-url.ts";

export interface Login {
  /** As the driver takes it. */
  readonly authentication: object;
  readonly ca: Buffer | null;
}

/** Problems: mssql-login-file, mssql-login-twice, mssql-login-missing. */
export function loginOf(url: MssqlUrl, from: LoginFrom): Login {
  const files = {
    named: url.login,
    variables: loginOptions,
    unreadable: (option: string) => fail("mssql-login-file", { option }),
  };
  const file = (option: LoginOption): Buffer | null => loginFile(option, files, from);
  const password = loginSecret("MSSQL_PASSWORD", file("password_file"), from) ?? url.password;
  const token = loginSecret("MSSQL_TOKEN", file("token_file"), from);
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
