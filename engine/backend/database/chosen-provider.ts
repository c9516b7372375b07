/** Whose tables a database has: what the URL says, held against what is there. */
import { providerKinds } from "../../schema/provider-kinds.ts";
import type { ProviderKind } from "../../schema/provider-kinds.ts";
import { fail } from "../problems.ts";

/** By name; where none is said, the one whose tables are there. Problem: database-provider. */
export function chosenProvider(said: string | null, tables: Iterable<string>): ProviderKind {
  const found = new Set([...tables].map((table) => table.toLowerCase()));
  const there = providerKinds.filter((each) => hasTableOf(each, found));
  const [only, ...others] = there;
  const wanted = providerKinds.find(({ name }) => name === said);
  if (wanted !== undefined && (there.includes(wanted) || only === undefined)) return wanted;
  if (wanted === undefined && only !== undefined && others.length === 0) return only;
  return fail("database-provider", {
    said,
    found: there.map(({ name }) => name),
    known: providerKinds.map(({ name }) => name),
  });
}

function hasTableOf({ tables }: ProviderKind, found: ReadonlySet<string>): boolean {
  return Object.keys(tables).some((table) => found.has(table.toLowerCase()));
}
