/** The layouts of tables that records are known to come in. */
import type { FoundTables } from "./check-provider.ts";
import { emis } from "./emis/emis-provider.ts";
import { emisTables, PATIENTS } from "./emis/emis-tables.ts";
import { NOTHING_DECLARED } from "./omop/declared.ts";
import type { OmopDeclared } from "./omop/declared.ts";
import { omop } from "./omop/omop-provider.ts";
import { omopTables, PERSON } from "./omop/omop-tables.ts";
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
  tables: omopTables,
  toldBy: [PERSON],
  providing: (found, _names, declared = NOTHING_DECLARED) => {
    const names = new Set([...found.keys()].map((name) => name.toLowerCase()));
    // One that is there is read, whatever is declared.
    return omop({ ...declared, absent: declared.absent.filter((table) => !names.has(table)) });
  },
};

/** Without vocabularies. */
export const englishKinds: readonly ProviderKind[] = [tppKind, emisKind];

export const providerKinds: readonly ProviderKind[] = [...englishKinds, omopKind];
