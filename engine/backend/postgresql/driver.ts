/**
 * The driver, and the part of it that is used here. `pg` and `pg-copy-streams` are optional dependencies, loaded when a
 * URL names a PostgreSQL: nobody else needs them.
 */
import type { Readable, Writable } from "node:stream";
import { fail } from "./problems.ts";

export interface Field {
  readonly name: string;
  /** The number that the server gives the type. */
  readonly dataTypeID: number;
}

export interface Result {
  readonly fields: readonly Field[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The wire below a client. */
export interface Wire {
  parse(query: { readonly text: string }): void;
  describe(of: { readonly type: "S" }): void;
  sync(): void;
}

/** What a client sends by itself, and hears of. */
export interface Submitted {
  submit(wire: Wire): void;
  handleRowDescription(told: { readonly fields: readonly Field[] }): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}

export interface TextQuery {
  readonly text: string;
  readonly rowMode: "array";
  readonly types: { readonly getTypeParser: () => (text: string) => string };
}

export interface Client {
  connect(): Promise<unknown>;
  /** Of several statements together, a result of each. */
  query(query: TextQuery): Promise<Result | readonly Result[]>;
  query<T extends Submitted | CopyOut | CopyIn>(query: T): T;
  on(event: "error" | "end", listener: (error?: Error) => void): this;
  end(): Promise<void>;
}

export interface CopyOut extends Readable {
  readonly text: string;
}

export interface CopyIn extends Writable {
  readonly text: string;
}

export interface Driver {
  readonly Client: new (config: object) => Client;
  readonly copyTo: (text: string, options: object) => CopyOut;
  readonly copyFrom: (text: string) => CopyIn;
}

type LoadedPg = { readonly default: Pick<Driver, "Client"> };
type LoadedStreams = {
  readonly default: { readonly to: Driver["copyTo"]; readonly from: Driver["copyFrom"] };
};

const PACKAGES = ["pg", "pg-copy-streams"] as const;

/** Problem: postgresql-driver. */
export async function loadDriver(): Promise<Driver> {
  const load = (name: string): Promise<unknown> => import(name);
  const loaded = await Promise.all(PACKAGES.map(load)).catch(() => fail("postgresql-driver", {}));
  const [pg, streams] = loaded as [LoadedPg, LoadedStreams];
  const { to, from } = streams.default;
  return { Client: pg.default.Client, copyTo: to, copyFrom: from };
}
