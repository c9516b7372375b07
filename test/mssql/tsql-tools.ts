/** T-SQL without a SQL Server: Microsoft's grammar, a lint, and statements translated and run, in a Python process. */
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Answer {
  /** Names and kinds: bigint, tinyint, float, nvarchar, date, datetime2. */
  readonly columns: readonly (readonly [name: string, kind: string])[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What refuses a statement: a step of the ladder that leads to a real server. */
export type Rung = "grammar" | "lint" | "run";

export class Refused extends Error {
  override readonly name = "Refused";
  readonly rung: Rung;

  constructor(rung: Rung, text: string) {
    super(text);
    this.rung = rung;
  }
}

export interface TsqlTools {
  readonly reset: () => Promise<void>;
  readonly table: (
    name: string,
    columns: readonly (readonly [string, string])[],
    rows: readonly (readonly unknown[])[],
  ) => Promise<void>;
  /** Into a table that is there. */
  readonly insert: (name: string, rows: readonly (readonly unknown[])[]) => Promise<void>;
  /** Lints and runs a batch; keeps it for `grammar`. */
  readonly run: (sql: string) => Promise<Answer>;
  /** The same without running it, for what only a server knows. */
  readonly lint: (sql: string) => Promise<void>;
  /** Holds what was run since it was last asked to the grammar of SQL Server 2016; gives how many statements. */
  readonly grammar: () => Promise<number>;
  /** Holds a statement to the grammar before it is run. */
  readonly parsed: (sql: string) => Promise<void>;
  /** All that refuses a statement; `schema` has types of columns by table. */
  readonly faults: (
    sql: string,
    schema: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ) => Promise<readonly (readonly [Rung, string])[]>;
  readonly stop: () => void;
}

const folder = join(import.meta.dirname, "tools");

/** The Python that has the programs, if this run of the tests is to use them. */
export const toolsPython = process.env["MSSQL_PYTHON"] ?? null;

export function installedPython(): string {
  return execFileSync(join(import.meta.dirname, "tools.sh"), {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}

export function tsqlTools(python: string): TsqlTools {
  const child = spawn(python, ["-B", join(folder, "tsql_tools.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: ((line: string | null) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  child.on("exit", () => {
    for (const each of waiting.splice(0)) each(null);
  });
  const ask = async (what: object): Promise<Readonly<Record<string, unknown>>> => {
    const line = await new Promise<string | null>((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${JSON.stringify(what)}\n`);
    });
    if (line === null) throw new Error("the Python process ended");
    const answer = JSON.parse(line) as {
      readonly [name: string]: unknown;
      readonly error?: string;
      readonly rung?: Rung;
    };
    if (answer.error !== undefined) throw new Refused(answer.rung ?? "run", answer.error);
    return answer;
  };
  return {
    reset: async () => {
      await ask({ op: "reset" });
    },
    table: async (name, columns, rows) => {
      await ask({ op: "table", name, columns, rows });
    },
    insert: async (name, rows) => {
      await ask({ op: "insert", name, rows });
    },
    run: async (sql) => (await ask({ op: "run", sql })) as unknown as Answer,
    lint: async (sql) => {
      await ask({ op: "lint", sql });
    },
    grammar: async () => Number((await ask({ op: "grammar" }))["taken"]),
    parsed: async (sql) => {
      await ask({ op: "grammar", sql: [sql] });
    },
    faults: async (sql, schema) =>
      (await ask({ op: "faults", sql, schema }))["faults"] as readonly (readonly [Rung, string])[],
    stop: () => {
      child.stdin.end();
    },
  };
}
