/** What a site says of its OMOP database, and the same as a database URL says it. */

export interface Declared {
  readonly match?: string;
  readonly descendants?: boolean;
  /** By the system of a codelist. */
  readonly vocabularies?: Readonly<Record<string, readonly string[]>>;
  readonly data_until?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly consultations?: readonly number[];
  readonly outpatients?: readonly number[];
  readonly absent?: readonly string[];
  readonly history?: "complete";
}

/** A case may ask for codes that nobody has. */
export function urlOptionsOf(declared: Declared): string {
  const { vocabularies, columns, absent = [], match, data_until, descendants, history } = declared;
  const systems = Object.entries(vocabularies ?? {}).flatMap(([system, all]) =>
    all.map((vocabulary) => `${system}:${vocabulary}`),
  );
  const said = Object.entries(columns ?? {}).map(([name, of]) => `${name}:${of}`);
  const options = {
    ...{ match, data_until, descendants, history },
    systems: systems.length === 0 ? undefined : systems.join(),
    columns: said.length === 0 ? undefined : said.join(),
    consultations: declared.consultations?.join(),
    outpatients: declared.outpatients?.join(),
    absent: absent.length === 0 ? undefined : absent.join(),
    allow_empty: true,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
