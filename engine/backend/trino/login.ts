/** Who asks, and how the server can know: from files and the environment, so that no command line shows it. */
import { createSecureContext } from "node:tls";
import { loginFile, loginSecret } from "../database/login-files.ts";
import type { LoginFrom } from "../database/login-files.ts";
import { fail } from "./problems.ts";
import type { Certificates } from "./transport.ts";
import { loginOptions } from "./trino-url.ts";
import type { LoginOption, TrinoUrl } from "./trino-url.ts";

export interface Login {
  /** Of the header of that name; null where a certificate does, or nothing is wanted. */
  readonly authorization: string | null;
  readonly certificates: Certificates;
  readonly isEncrypted: boolean;
}

const HTTPS_PORT = 443;

/** Problems: trino-login-file, trino-login-twice, trino-plain-login, trino-certificate. */
export function loginOf(url: TrinoUrl, from: LoginFrom): Login {
  const files = {
    named: url.login,
    variables: loginOptions,
    unreadable: (option: string) => fail("trino-login-file", { option }),
  };
  const file = (option: LoginOption): Buffer | null => loginFile(option, files, from);
  const [cert, key, pfx, ca] = [file("certificate"), file("key"), file("pkcs12"), file("ca")];
  if (cert !== null && pfx !== null)
    fail("trino-login-twice", { options: ["certificate", "pkcs12"] });
  const passphrase = loginSecret("TRINO_PASSPHRASE", file("passphrase_file"), from);
  const password = loginSecret("TRINO_PASSWORD", file("password_file"), from) ?? url.password;
  const token = loginSecret("TRINO_TOKEN", file("token_file"), from);
  if (password !== null && token !== null)
    fail("trino-login-twice", { options: ["password_file", "token_file"] });
  const isKnown = [password, token, cert, pfx].some((each) => each !== null);
  const isEncrypted = url.https ?? (isKnown || ca !== null || url.port === HTTPS_PORT);
  if (isKnown && !isEncrypted) fail("trino-plain-login", {});
  const certificates: Certificates = {
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    // One file may hold both.
    ...(key === null && cert === null ? {} : { key: key ?? cert ?? Buffer.alloc(0) }),
    ...(pfx === null ? {} : { pfx }),
    ...(passphrase === null ? {} : { passphrase }),
  };
  checkUsable(certificates);
  return { authorization: authorizationOf(url.user, password, token), certificates, isEncrypted };
}

/** A wrong passphrase, or a key of another certificate. */
function checkUsable(certificates: Certificates): void {
  try {
    createSecureContext(certificates);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    fail("trino-certificate", { reason: code === "" ? UNUSABLE : code });
  }
}

const UNUSABLE = "a certificate, its key or its passphrase cannot be used";

function authorizationOf(user: string, password: string | null, token: string | null) {
  if (token !== null) return `Bearer ${token}`;
  if (password === null) return null;
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
