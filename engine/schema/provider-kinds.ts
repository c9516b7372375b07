/** The layouts of tables that records are known to come in. */
import type { FoundTables } from "./check-provider.ts";
import { emis } from "./emis/emis-provider.ts";
import { emisTables, PATIENTS } from "./emis/emis-tables.ts";
import { NOTHING_DECLARED } from "./omop/declared.ts";
import type { OmopDeclared } from "./omop/declared.ts";
import { omop } from "./omop/omop-provider.ts";
import { everyOmopTable, PERSON, visitPlaces } from "./omop/omop-tables.ts";
import type { OmopVersion } from "./omop/omop-tables.ts";
import type { PhysicalTables } from "./physical-table.ts";
import type { Provider } from "./provision.ts";
import { tpp } from "./tpp/tpp-provider.ts";

export interface ProviderKind {
  /** As database URLs say it. */
  readonly name: string;
  /** Before any table has been seen. */
  readonly tables: PhysicalTables;
  /** Tables one of which tells the kind; any of its own where absent. */
  readonly toldBy?: readonly string[];
  /**
   * As the tables that are there turn out, and with what the site says of them; `names` are those of all tables, for
   * what is misspelt.
   */
  readonly providing: (
    found: FoundTables,
    names: readonly string[],
    declared?: OmopDeclared,
  ) => Provider;
}

export const tppKind: ProviderKind = {
  name: "tpp",
  tables: tpp.tables,
  providing: () => tpp,
};

const emisKind: ProviderKind = {
  name: "emis",
  tables: emisTables("text"),
  providing: (found) => {
    const id = found.get(PATIENTS)?.find(({ name }) => name.toLowerCase() === "registration_id");
    return emis(id?.kind === "int" ? "int" : "text");
  },
};

export const omopKind: ProviderKind = {
  name: "omop",
  tables: everyOmopTable,
  toldBy: [PERSON],
  providing: (found, _names, declared = NOTHING_DECLARED) =>
    omop({ ...withoutThere(declared, (table) => found.has(table)), version: versionOf(found) }),
};

/** A table that is there is read, whatever is declared. */
export function withoutThere(
  declared: OmopDeclared,
  isThere: (table: string) => boolean,
): OmopDeclared {
  return { ...declared, absent: declared.absent.filter((table) => !isThere(table)) };
}

/** By a column that 5.4 gave another name. */
function versionOf(found: FoundTables): OmopVersion {
  const visits = found.get("visit_occurrence") ?? [];
  const names = new Set(visits.map(({ name }) => name.toLowerCase()));
  const is = (version: OmopVersion) => visitPlaces[version].every((name) => names.has(name));
  return is("5.3") && !is("5.4") ? "5.3" : "5.4";
}

/** Without vocabularies. */
export const englishKinds: readonly ProviderKind[] = [tppKind, emisKind];

export const providerKinds: readonly ProviderKind[] = [...englishKinds, omopKind];
