/** `postgresql://user@host:port/database?option=value`: which server, which records, and how to speak. */
import type { LayoutSaid } from "../database/layout-said.ts";
import type { OptOutsSaid } from "../database/opt-out-option.ts";
import { toldVersion } from "../database/told-version.ts";
import { LAYOUT_OPTIONS, layoutSaid } from "../database/layout-options.ts";
import { urlOptions } from "../database/url-options.ts";
import type { UrlOptions } from "../database/url-options.ts";
import { fail } from "./problems.ts";

/** Files that hold what a login needs, by the option of the URL; each can be said by the environment instead. */
export const loginOptions = {
  password_file: "PGPASSWORD_FILE",
  passfile: "PGPASSFILE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
} as const;

export type LoginOption = keyof typeof loginOptions;

/** Whether the way there is encrypted, and whether the certificate must be of the host too. */
export type SslMode = "disable" | "verify-ca" | "verify-full";

export interface PostgresqlUrl extends OptOutsSaid {
  /** A folder, with a slash first, for a socket in it. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** For those who have it in the URL: it is in no message. */
  readonly password: string | null;
  readonly database: string;
  readonly ssl: SslMode;
  /** Where the records are; without any, where names without a schema are looked for. */
  readonly schemas: readonly string[];
  /** For tables that are kept on the way; null for temporary ones. */
  readonly scratch: string | null;
  readonly layout: LayoutSaid;
  /** Of the records, as whoever loads them calls it; null where nobody says. */
  readonly version: string | null;
  readonly secondsAtMost: number | null;
  readonly attempts: number;
  readonly waitSeconds: number;
  readonly patientsAtOnce: number | null;
  readonly login: ReadonlyMap<LoginOption, string>;
}

const taken = {
  options: [
    ...["host", "schema", "scratch", ...LAYOUT_OPTIONS, "version", "sslmode", "time_limit"],
    ...["attempts", "wait", "patients_at_once", ...Object.keys(loginOptions)],
  ],
  several: [],
  example: "postgresql://me@records.example/tpp",
};

type Environment = Readonly<Record<string, string | undefined>>;

const PORT = 5432;
const DEFAULT_ATTEMPTS = 6;
const DEFAULT_WAIT_SECONDS = 30;
/** As PostgreSQL's own programs say them. Those that would not check the certificate check it here all the same. */
const MODES = /^(?:disable|allow|prefer|require|verify-ca|verify-full)$/;
const ANY = [/./, "a text that changes with the records"] as const;

/** What the URL does not say, the environment may, as to PostgreSQL's own programs. Problems: those of `urlOptions`, postgresql-url. */
export function parsePostgresqlUrl(text: string, environment: Environment): PostgresqlUrl {
  const options = urlOptions<string>(text, taken);
  const { saysOptOuts, includeOptedOut } = options;
  return {
    ...addressOf(options, environment),
    ...{ saysOptOuts, includeOptedOut },
    ssl: sslOf(options, environment),
    schemas: (options.matching("schema", /./, "the name of a schema") ?? "")
      .split(",")
      .filter((name) => name !== ""),
    scratch: options.matching("scratch", /./, "the name of a schema"),
    layout: layoutSaid(options, taken.example),
    version: options.matching("version", ...ANY),
    secondsAtMost: options.wholeNumber("time_limit"),
    attempts: options.wholeNumber("attempts") ?? DEFAULT_ATTEMPTS,
    waitSeconds: options.wholeNumber("wait") ?? DEFAULT_WAIT_SECONDS,
    patientsAtOnce: options.wholeNumber("patients_at_once"),
    login: new Map(
      (Object.keys(loginOptions) as LoginOption[]).flatMap((option) => {
        const value = options.matching(option, /./, "the path of a file");
        return value === null ? [] : [[option, value] as const];
      }),
    ),
  };
}

function sslOf({ matching }: UrlOptions<string>, environment: Environment): SslMode {
  const said = matching("sslmode", MODES, "disable, verify-ca or verify-full");
  const mode = said ?? environment["PGSSLMODE"] ?? "";
  return mode === "disable" || mode === "verify-ca" ? mode : "verify-full";
}

type Address = Pick<PostgresqlUrl, "host" | "port" | "user" | "password" | "database">;

function addressOf({ address, matching }: UrlOptions<string>, environment: Environment): Address {
  const found =
    /^[a-z0-9+]+:\/\/(?:([^/@]*)@)?(\[[0-9a-f:.]+\]|[^/:@]*)(?::(\d{1,5}))?(?:\/([^/]*))?$/i.exec(
      address,
    );
  if (found === null) return fail("postgresql-url", {});
  const [, login = "", host = "", port, path = ""] = found;
  const [name = "", ...password] = login.split(":");
  const from = (variable: string): string => environment[variable] ?? "";
  const number = Number(port ?? (from("PGPORT") || PORT));
  if (!(number >= 1 && number <= 65_535)) fail("postgresql-url", {});
  const user = decoded(name) || from("PGUSER") || from("USER");
  const database = decoded(path) || from("PGDATABASE") || user;
  const folder = matching("host", /^\//, "the folder of a socket");
  const at = decoded(host.replace(/^\[|\]$/g, "")) || folder || from("PGHOST") || "localhost";
  // Several hosts would be several servers.
  if (user === "" || database === "" || at.includes(",")) fail("postgresql-url", {});
  const secret = password.length === 0 ? null : decoded(password.join(":"));
  return { host: at, port: number, user, password: secret, database };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail("postgresql-url", {});
  }
}

/** Of these records in this version, without a word of the URL; null where it says no version. */
export function versionOf({
  host,
  port,
  database,
  schemas,
  version,
}: PostgresqlUrl): string | null {
  return toldVersion("postgresql", [host, String(port), database, schemas.join()], version);
}
