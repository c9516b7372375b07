/** `mssql://user@host:port/database?option=value`: which server, which records, and how to speak. */
import { toldVersion } from "../database/told-version.ts";
import { urlOptions } from "../database/url-options.ts";
import { fail } from "./problems.ts";

/** Files that hold what a login needs, by the option of the URL; each can be said by the environment instead. */
export const loginOptions = {
  password_file: "MSSQL_PASSWORD_FILE",
  token_file: "MSSQL_TOKEN_FILE",
  ca: "MSSQL_CA",
} as const;

export type LoginOption = keyof typeof loginOptions;

export interface MssqlUrl {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** For those who have it in the URL: it is in no message. */
  readonly password: string | null;
  readonly database: string;
  readonly isEncrypted: boolean;
  /** What the server's certificate is of, where not of the host. */
  readonly certificateHost: string | null;
  readonly secondsAtMost: number | null;
  readonly attempts: number;
  readonly waitSeconds: number;
  readonly patientsAtOnce: number | null;
  /** Of the records, as whoever loads them calls it; null where nobody says. */
  readonly version: string | null;
  readonly includeOptedOut: boolean;
  readonly login: ReadonlyMap<LoginOption, string>;
}

const taken = {
  options: [
    ...["encrypt", "certificate_host", "time_limit", "attempts", "wait", "patients_at_once"],
    "version",
    // Which driver of another program to use.
    ...["driver", ...Object.keys(loginOptions)],
  ],
  several: [],
  example: "mssql://me@records.example/tpp",
};

const PORT = 1433;
const DEFAULT_ATTEMPTS = 6;
const DEFAULT_WAIT_SECONDS = 30;

/** Problems: those of `urlOptions`, mssql-url. */
export function parseMssqlUrl(text: string): MssqlUrl {
  const options = urlOptions<string>(text, taken);
  return {
    ...addressOf(options.address),
    isEncrypted: options.matching("encrypt", /^(?:true|false)$/, "true or false") !== "false",
    certificateHost: options.matching("certificate_host", /^[^\s/]+$/, "the name of a host"),
    secondsAtMost: options.wholeNumber("time_limit"),
    attempts: options.wholeNumber("attempts") ?? DEFAULT_ATTEMPTS,
    waitSeconds: options.wholeNumber("wait") ?? DEFAULT_WAIT_SECONDS,
    patientsAtOnce: options.wholeNumber("patients_at_once"),
    includeOptedOut: options.includeOptedOut,
    version: options.matching("version", /./, "a text that changes with the records"),
    login: new Map(
      (Object.keys(loginOptions) as LoginOption[]).flatMap((option) => {
        const value = options.matching(option, /./, "the path of a file");
        return value === null ? [] : [[option, value] as const];
      }),
    ),
  };
}

/** Which rows are asked for. */
export function recordsOf(url: MssqlUrl): readonly unknown[] {
  const { host, port, database, includeOptedOut, version } = url;
  return [host, port, database, includeOptedOut, version];
}

/** Of these records in this version, without a word of the URL; null where it says no version. */
export function versionOf({ host, port, database, version }: MssqlUrl): string | null {
  return toldVersion("mssql", [host, port, database], version);
}

type Address = Pick<MssqlUrl, "host" | "port" | "user" | "password" | "database">;

function addressOf(text: string): Address {
  const found =
    /^[a-z0-9+]+:\/\/(?:([^/@]*)@)?(\[[0-9a-f:.]+\]|[^/:@]+)(?::(\d{1,5}))?\/([^/]+)\/?$/i.exec(
      text,
    );
  if (found === null) return fail("mssql-url", {});
  const [, login = "", host = "", port, database = ""] = found;
  const [user = "", ...password] = login.split(":");
  const number = port === undefined ? PORT : Number(port);
  if (number < 1 || number > 65_535) fail("mssql-url", {});
  return {
    host: host.replace(/^\[|\]$/g, ""),
    port: number,
    user: decoded(user),
    password: password.length === 0 ? null : decoded(password.join(":")),
    database: decoded(database),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail("mssql-url", {});
  }
}
