/** A mapping file as a layout of tables: what it asks of a database, and how it provides the contract tables. */
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { contractTables } from "../contract.ts";
import type { ContractTable } from "../contract.ts";
import { emis } from "../emis/emis-provider.ts";
import type { PhysicalTables } from "../physical-table.ts";
import type { ProviderKind } from "../provider-kinds.ts";
import type { Provider, Provision } from "../provision.ts";
import { tpp } from "../tpp/tpp-provider.ts";
import { BoundTables } from "./bound-tables.ts";
import type { Catalogue } from "./bound-tables.ts";
import { bindSelection, changeSelection } from "./bound-selection.ts";
import type { Binding } from "./bound-selection.ts";
import { mappedMeaning } from "./mapped-meaning.ts";
import type { Mapping, MappedTable } from "./mapping.ts";
import { Notes } from "./shape.ts";
import { noteUneven, wholeFields } from "./whole-fields.ts";

export interface MappedKind {
  readonly kind: ProviderKind;
  /** Of the types of expressions, as far as they can be told without a database. */
  readonly problems: readonly Problem[];
}

/** `hash` tells this mapping from others. */
export function mappedKind(mapping: Mapping, hash: string): MappedKind {
  const base = baseProvider(mapping, null);
  const notes = new Notes(mapping.file);
  const { tables } = provided({ mapping, base, hash }, null, notes);
  const kind: ProviderKind = {
    name: mapping.file,
    tables,
    providing: (found, names) => {
      const all = new Notes(mapping.file);
      const catalogue = { found, names };
      const known = baseProvider(mapping, catalogue);
      const provider = provided({ mapping, base: known, hash }, catalogue, all);
      const problems = all.inOrder();
      if (problems.length > 0) throw new ProblemError(problems);
      return provider;
    },
  };
  return { kind, problems: notes.inOrder() };
}

function baseProvider({ basedOn }: Mapping, catalogue: Catalogue | null): Provider | null {
  switch (basedOn) {
    case "nothing":
      return null;
    case "tpp":
      return tpp;
    case "emis":
      return emis(emisIds(catalogue));
  }
}

function emisIds(catalogue: Catalogue | null): "int" | "text" {
  const columns = catalogue?.found.get("patient_all_orgs_v2");
  const id = columns?.find(({ name }) => name.toLowerCase() === "registration_id");
  return id?.kind === "int" ? "int" : "text";
}

interface Making {
  readonly mapping: Mapping;
  readonly base: Provider | null;
  readonly hash: string;
}

function provided(
  { mapping, base, hash }: Making,
  catalogue: Catalogue | null,
  notes: Notes,
): Provider {
  const binding: Binding = { tables: new BoundTables(catalogue, notes), notes };
  const names = Object.keys(contractTables) as readonly ContractTable[];
  const provides = Object.fromEntries(
    names.map((table) => {
      const from = base?.provides[table] ?? null;
      const mapped = mapping.tables.get(table);
      const of = { table, binding };
      return [table, mapped === undefined ? from : provisionOf(mapped, from, of)];
    }),
  ) as Provider["provides"];
  const tables = withBase(base?.tables ?? {}, binding.tables.all());
  return {
    name: base?.name ?? "mapping",
    described: `the mapping ${mapping.file}`,
    tables,
    provides,
    meaning: base?.meaning ?? mappedMeaning(provides),
    ...(base?.keptColumn === undefined ? {} : { keptColumn: base.keptColumn }),
    mapping: { hash, refuse: mapping.refuse },
  };
}

function provisionOf(
  mapped: MappedTable,
  from: Provision | null,
  { table, binding }: { readonly table: ContractTable; readonly binding: Binding },
): Provision | null {
  switch (mapped.kind) {
    case "lacking":
      return null;
    case "selections": {
      noteUneven(table, mapped.of, binding.notes);
      const bound = mapped.of.flatMap((each) => bindSelection(each, table, binding) ?? []);
      return wholeFields(table, bound);
    }
    case "changed": {
      const [only, ...more] = from ?? [];
      if (only === undefined || more.length > 0) {
        const wanted =
          only === undefined
            ? "a selection with from: what the file is based on has no such table"
            : "selections with from: what the file is based on has several";
        binding.notes.note("mapping-value", { what: `tables.${table}`, wanted }, mapped.at);
        return null;
      }
      const changed = changeSelection(only, mapped.by, { table, binding });
      return changed === null ? null : [changed];
    }
  }
}

/** The tables of the base, and the columns that the file names besides. */
function withBase(base: PhysicalTables, own: PhysicalTables): PhysicalTables {
  const names = new Map(Object.keys(base).map((name) => [name.toLowerCase(), name]));
  const merged: Record<string, PhysicalTables[string]> = { ...base };
  for (const [name, columns] of Object.entries(own)) {
    const known = names.get(name.toLowerCase()) ?? name;
    merged[known] = { ...columns, ...base[known] };
  }
  return merged;
}
