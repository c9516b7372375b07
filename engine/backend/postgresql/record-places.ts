/** How tables of records are called where they stand, and which rights are missing to read them. */
import { checkProvider } from "../../schema/check-provider.ts";
import { physicalNeeds } from "../../schema/physical-needs.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import type { Provider } from "../../schema/provision.ts";
import { ProblemError } from "../../base/problems.ts";
import { exactColumn } from "../../sql/dialects/postgresql.ts";
import type { PostgresqlPlaces } from "../../sql/dialects/postgresql.ts";
import { identifier, joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { FoundTable } from "./found-tables.ts";
import { problem } from "./problems.ts";

type Found = ReadonlyMap<string, FoundTable>;

/** Under the names that the provider gives tables and columns, however they are spelt here. */
export function recordPlaces(
  { tables }: Provider,
  found: Found,
): Pick<PostgresqlPlaces, "recordTable" | "recordColumn"> {
  return {
    recordTable: (name) => {
      const table = found.get(name.toLowerCase());
      return table === undefined
        ? identifier(name)
        : namedAs(Object.keys(tables[name] ?? {}), table);
    },
    recordColumn: (alias, name, kind) => exactColumn(sql`${word(alias)}.${identifier(name)}`, kind),
  };
}

function namedAs(names: readonly string[], table: FoundTable): Sql {
  const there = new Map(table.columns.map(({ name }) => [name.toLowerCase(), name]));
  const spelt = names.flatMap((name): readonly (readonly [string, string])[] => {
    const own = table.columns.some((column) => column.name === name)
      ? name
      : there.get(name.toLowerCase());
    return own === undefined ? [] : [[name, own]];
  });
  const place = placeOf(table);
  if (spelt.every(([name, own]) => name === own)) return place;
  const columns = spelt.map(([name, own]) => sql`r.${identifier(own)} AS ${identifier(name)}`);
  return sql`(SELECT ${joinSql(columns, ", ")} FROM ${place} r)`;
}

function placeOf({ schema, name }: FoundTable): Sql {
  return sql`${identifier(schema)}.${identifier(name)}`;
}

/** Problems: those of `checkProvider`; postgresql-permission. */
export function refuseUnreadable(
  provider: Provider,
  found: Found,
  { uses, user }: { readonly uses: readonly TableUse[]; readonly user: string },
): void {
  const columns = new Map([...found].map(([name, table]) => [name, table.columns] as const));
  const problems = checkProvider(provider, columns, uses);
  const missing = problems.length > 0 ? [] : missingGrants(provider, found, { uses, user });
  const all = [
    ...problems,
    ...(missing.length === 0 ? [] : [problem("postgresql-permission", { grants: missing })]),
  ];
  if (all.length > 0) throw new ProblemError(all);
}

function missingGrants(
  provider: Provider,
  found: Found,
  { uses, user }: { readonly uses: readonly TableUse[]; readonly user: string },
): readonly string[] {
  const to = String(identifier(user));
  const grants = [...physicalNeeds(provider, uses)].flatMap(([name, { parts }]) => {
    const table = found.get(name.toLowerCase());
    if (table === undefined) return [];
    const asked = new Set([...parts.keys()].map((column) => column.toLowerCase()));
    const unread = table.columns.some(
      (each) => asked.has(each.name.toLowerCase()) && !each.mayRead,
    );
    const use = `GRANT USAGE ON SCHEMA ${String(identifier(table.schema))} TO ${to}`;
    return [
      ...(table.mayUseSchema ? [] : [use]),
      ...(unread ? [`GRANT SELECT ON ${String(placeOf(table))} TO ${to}`] : []),
    ];
  });
  return [...new Set(grants)];
}
