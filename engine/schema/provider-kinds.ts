/** The layouts of tables that records are known to come in. */
import type { FoundTables } from "./check-provider.ts";
import { emis } from "./emis/emis-provider.ts";
import { emisTables, PATIENTS } from "./emis/emis-tables.ts";
import type { PhysicalTables } from "./physical-table.ts";
import type { Provider } from "./provision.ts";
import { tpp } from "./tpp/tpp-provider.ts";

export interface ProviderKind {
  /** As database URLs say it. */
  readonly name: string;
  /** Before any table has been seen. */
  readonly tables: PhysicalTables;
  /** As the tables that are there turn out; `names` are those of all tables, for what is misspelt. */
  readonly providing: (found: FoundTables, names: readonly string[]) => Provider;
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

export const providerKinds: readonly ProviderKind[] = [tppKind, emisKind];
