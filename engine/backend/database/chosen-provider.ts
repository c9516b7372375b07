/** Whose tables a database has: what the URL or a mapping file says, held against what is there. */
import { providerKinds, tppKind } from "../../schema/provider-kinds.ts";
import type { ProviderKind } from "../../schema/provider-kinds.ts";
import { fail } from "../problems.ts";
import type { Layout } from "./layout-said.ts";

/**
 * That of a mapping file, or by name; where none is said, the one whose tables are there. Problems: database-provider,
 * mapping-not-named, mapping-lets-in.
 */
export function chosenProvider(
  { provider: said, mapping }: Layout,
  tables: Iterable<string>,
  kinds = providerKinds,
): ProviderKind {
  const found = new Set([...tables].map((table) => table.toLowerCase()));
  if (mapping !== null) {
    // Whoever opted out is told by a table of TPP, and a file that comes with a study may not say otherwise.
    if (!mapping.isNamed && hasTableOf(tppKind, withoutSchemas(found)))
      fail("mapping-not-named", {});
    if (!mapping.isOfOptOuts && withoutSchemas(found).has(OPT_OUTS.toLowerCase()))
      fail("mapping-lets-in", { table: OPT_OUTS });
    return mapping.kind;
  }
  const there = kinds.filter((each) => hasTableOf(each, found));
  const [only, ...others] = there;
  const wanted = kinds.find(({ name }) => name === said);
  if (wanted !== undefined && (there.includes(wanted) || only === undefined)) return wanted;
  if (wanted === undefined && only !== undefined && others.length === 0) return only;
  return fail("database-provider", {
    said,
    found: there.map(({ name }) => name),
    known: kinds.map(({ name }) => name),
  });
}

/** Of TPP: who did not opt out. */
const OPT_OUTS = "AllowedPatientsWithTypeOneDissent";

/** A file can name any schema. */
function withoutSchemas(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].map((name) => name.split(".").at(-1) ?? ""));
}

function hasTableOf({ tables, toldBy }: ProviderKind, found: ReadonlySet<string>): boolean {
  return (toldBy ?? Object.keys(tables)).some((table) => found.has(table.toLowerCase()));
}
