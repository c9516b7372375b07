/** `trino://user@host:port/catalog/schema?option=value`: which server, which records, and how to speak. */
import type { LayoutSaid } from "../database/layout-said.ts";
import type { OptOutsSaid } from "../database/opt-out-option.ts";
import { toldVersion } from "../database/told-version.ts";
import { ENGLISH_LAYOUT_OPTIONS, englishLayoutSaid } from "../database/layout-options.ts";
import { urlOptions } from "../database/url-options.ts";
import { fail } from "./problems.ts";

/** Files that hold what a login needs, by the option of the URL; each can be said by the environment instead. */
export const loginOptions = {
  password_file: "TRINO_PASSWORD_FILE",
  token_file: "TRINO_TOKEN_FILE",
  certificate: "TRINO_TLS_CERT",
  key: "TRINO_TLS_KEY",
  pkcs12: "TRINO_PKCS12",
  passphrase_file: "TRINO_PASSPHRASE_FILE",
  ca: "TRINO_CA",
} as const;

export type LoginOption = keyof typeof loginOptions;

export interface SchemaName {
  readonly catalog: string;
  readonly schema: string;
}

export interface TrinoUrl extends OptOutsSaid {
  readonly host: string;
  readonly port: number | null;
  /** As the URL says; null where it does not. */
  readonly https: boolean | null;
  readonly user: string;
  /** For those who have it in the URL: it is in no message. */
  readonly password: string | null;
  readonly records: SchemaName;
  /** Where tables are kept on the way. */
  readonly scratch: SchemaName;
  readonly layout: LayoutSaid;
  readonly headers: "trino" | "presto";
  readonly isCompressed: boolean;
  readonly secondsAtMost: number | null;
  readonly attempts: number;
  readonly waitSeconds: number;
  readonly patientsAtOnce: number | null;
  /** Of the records, as whoever loads them calls it; null where nobody says. */
  readonly version: string | null;
  readonly login: ReadonlyMap<LoginOption, string>;
}

const taken = {
  options: [
    ...[
      ...ENGLISH_LAYOUT_OPTIONS,
      "scratch",
      "https",
      "headers",
      "compression",
      "time_limit",
      "attempts",
    ],
    ...["wait", "patients_at_once", "version", ...Object.keys(loginOptions)],
  ],
  several: [],
  example: "trino://me@trino.example:8443/hive/records",
};

const DEFAULT_ATTEMPTS = 6;
const DEFAULT_WAIT_SECONDS = 120;
const YES_OR_NO = /^(?:true|false)$/;

/** Problems: those of `urlOptions`, trino-url. */
export function parseTrinoUrl(text: string): TrinoUrl {
  const options = urlOptions<string>(text, taken);
  const address = addressOf(options.address);
  const flag = (name: string): boolean | null => {
    const value = options.matching(name, YES_OR_NO, "true or false");
    return value === null ? null : value === "true";
  };
  const headers = options.matching("headers", /^(?:trino|presto)$/, "trino or presto");
  return {
    ...address,
    https: flag("https"),
    scratch: scratchOf(
      options.matching("scratch", /^[^.]+\.[^.]+$/, "a catalog and a schema, as in hive.scratch"),
      address.records,
    ),
    layout: englishLayoutSaid(options),
    headers: headers === "presto" ? "presto" : "trino",
    isCompressed: flag("compression") ?? false,
    secondsAtMost: options.wholeNumber("time_limit"),
    attempts: options.wholeNumber("attempts") ?? DEFAULT_ATTEMPTS,
    waitSeconds: options.wholeNumber("wait") ?? DEFAULT_WAIT_SECONDS,
    patientsAtOnce: options.wholeNumber("patients_at_once"),
    includeOptedOut: options.includeOptedOut,
    version: options.matching("version", /./, "a text that changes with the records"),
    saysOptOuts: options.saysOptOuts,
    login: new Map(
      (Object.keys(loginOptions) as LoginOption[]).flatMap((option) => {
        const value = options.matching(option, /./, "the path of a file");
        return value === null ? [] : [[option, value] as const];
      }),
    ),
  };
}

/** Of these records in this version, without a word of the URL; null where it says no version. */
export function versionOf({ host, port, records, version }: TrinoUrl): string | null {
  return toldVersion("trino", [host, port, records.catalog, records.schema], version);
}

type Address = Pick<TrinoUrl, "host" | "port" | "user" | "password" | "records">;

function addressOf(text: string): Address {
  const found =
    /^[a-z0-9+]+:\/\/(?:([^/@]*)@)?(\[[0-9a-f:.]+\]|[^/:@]+)(?::(\d{1,5}))?\/([^/]+)\/([^/]+)\/?$/i.exec(
      text,
    );
  if (found === null) return fail("trino-url", {});
  const [, login = "", host = "", port, catalog = "", schema = ""] = found;
  const [user = "", ...password] = login.split(":");
  const number = port === undefined ? null : Number(port);
  if (number !== null && (number < 1 || number > 65_535)) fail("trino-url", {});
  return {
    host,
    port: number,
    user: decoded(user) || "cohortline",
    password: password.length === 0 ? null : decoded(password.join(":")),
    records: { catalog: decoded(catalog), schema: decoded(schema) },
  };
}

function scratchOf(text: string | null, records: SchemaName): SchemaName {
  if (text === null) return records;
  const [catalog = "", schema = ""] = text.split(".");
  return { catalog, schema };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail("trino-url", {});
  }
}
