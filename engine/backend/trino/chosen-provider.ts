/** Whose tables a schema has: what the URL says, held against what is there. */
import type { FoundTables } from "../../schema/check-provider.ts";
import type { Provider } from "../../schema/provision.ts";
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { fail } from "./problems.ts";

const providers: Readonly<Record<string, Provider>> = { tpp };

/** By name; where none is said, the one whose tables are there. Problem: trino-provider. */
export function chosenProvider(name: string | null, found: FoundTables): Provider {
  const there = Object.values(providers).filter((each) => tablesThere(each, found) > 0);
  const [only, ...others] = there;
  const said = name === null ? undefined : providers[name];
  if (said !== undefined && (there.includes(said) || only === undefined)) return said;
  if (said === undefined && only !== undefined && others.length === 0) return only;
  return fail("trino-provider", {
    said: name,
    found: there.map((each) => each.name),
    known: Object.keys(providers),
  });
}

function tablesThere({ tables }: Provider, found: FoundTables): number {
  return Object.keys(tables).filter((table) => found.has(table.toLowerCase())).length;
}
