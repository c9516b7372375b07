/** What recorded cases declare of an OMOP database, as a database URL says it. */
import type { Recorded } from "./case.ts";

interface Declared {
  readonly match?: string;
  readonly descendants?: boolean;
  readonly vocabularies?: Readonly<Record<string, readonly string[]>>;
  readonly data_until?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly consultations?: readonly number[];
}

/** A case may ask for codes that nobody has. */
export function omopOptions(recorded: Recorded): string {
  const { omop = {} } = (recorded["options"] ?? {}) as { readonly omop?: Declared };
  const { vocabularies, columns, consultations, descendants, match, data_until } = omop;
  const systems = Object.entries(vocabularies ?? {}).flatMap(([system, all]) =>
    all.map((vocabulary) => `${system}:${vocabulary}`),
  );
  const said = Object.entries(columns ?? {}).map(([name, of]) => `${name}:${of}`);
  const options = {
    ...{ match, data_until, descendants },
    systems: systems.length === 0 ? undefined : systems.join(),
    columns: said.length === 0 ? undefined : said.join(),
    consultations: consultations?.join(),
    allow_empty: true,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
