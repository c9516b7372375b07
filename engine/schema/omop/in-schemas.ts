/** An OMOP database whose tables are named with their schemas: those of the records in one, the vocabularies in another. */
import type { PhysicalTables } from "../physical-table.ts";
import type { Provider, Provision, Selection } from "../provision.ts";

const VOCABULARY: ReadonlySet<string> = new Set([
  "concept",
  "concept_relationship",
  "concept_ancestor",
]);

export interface OmopSchemas {
  /** Null where names without a schema find the tables. */
  readonly cdm: string | null;
  readonly vocabulary: string | null;
}

/** Without a schema of their own the vocabularies are where the records are. */
export function nameIn({ cdm, vocabulary }: OmopSchemas): (table: string) => string {
  return (table) => {
    const schema = VOCABULARY.has(table) ? (vocabulary ?? cdm) : cdm;
    return schema === null ? table : `${schema}.${table}`;
  };
}

export function inSchemas(provider: Provider, schemas: OmopSchemas): Provider {
  const name = nameIn(schemas);
  const tables: PhysicalTables = Object.fromEntries(
    Object.entries(provider.tables).map(([table, columns]) => [name(table), columns]),
  );
  const provides = Object.fromEntries(
    Object.entries<Provision | null>(provider.provides).map(([table, provision]) => [
      table,
      provision === null ? null : provision.map((each) => selectionIn(each, name)),
    ]),
  ) as Provider["provides"];
  return { ...provider, tables, provides };
}

function selectionIn(selection: Selection, name: (table: string) => string): Selection {
  const moved = <T extends { readonly table: string }>(of: T): T => ({
    ...of,
    table: name(of.table),
  });
  const { joins, within } = selection;
  return {
    ...moved(selection),
    ...(joins === undefined ? {} : { joins: joins.map(moved) }),
    ...(within === undefined ? {} : { within: moved(within) }),
  };
}
