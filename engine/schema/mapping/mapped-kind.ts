/** A mapping file as a layout of tables: what it asks of a database, and how it provides the contract tables. */
import { nearestNames } from "../../base/nearest.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { contractTables } from "../contract.ts";
import type { ContractTable } from "../contract.ts";
import { emis } from "../emis/emis-provider.ts";
import { NOTHING_DECLARED } from "../omop/declared.ts";
import { inSchemas, nameIn } from "../omop/in-schemas.ts";
import { omop } from "../omop/omop-provider.ts";
import type { PhysicalTables } from "../physical-table.ts";
import { withoutThere } from "../provider-kinds.ts";
import type { ProviderKind } from "../provider-kinds.ts";
import type { MappingFacts, Provider, Provision } from "../provision.ts";
import { tpp } from "../tpp/tpp-provider.ts";
import { BoundTables } from "./bound-tables.ts";
import type { Catalogue } from "./bound-tables.ts";
import { bindSelection, changeSelection } from "./bound-selection.ts";
import type { Binding } from "./bound-selection.ts";
import { mappedMeaning } from "./mapped-meaning.ts";
import type { ChangedSelection, MappedTable, Mapping } from "./mapping.ts";
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

function baseProvider(mapping: Mapping, catalogue: Catalogue | null): Provider | null {
  switch (mapping.basedOn) {
    case "nothing":
      return null;
    case "tpp":
      return tpp;
    case "emis":
      return emis(emisIds(catalogue));
    case "omop-5.3":
    case "omop-5.4":
      return omopBase(mapping, catalogue);
  }
}

/** With what is absent, unless it is there. */
function omopBase({ omop: declared, schemas }: Mapping, catalogue: Catalogue | null): Provider {
  const named = { cdm: schemas.get("cdm") ?? null, vocabulary: schemas.get("vocabulary") ?? null };
  const name = nameIn(named);
  const isThere = (table: string) => catalogue?.found.has(name(table).toLowerCase()) === true;
  return inSchemas(omop(withoutThere(declared ?? NOTHING_DECLARED, isThere)), named);
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
  const binding: Binding = {
    tables: new BoundTables({ catalogue, base: base?.tables ?? {} }, notes),
    notes,
    hasLongIds: base?.hasLongIds === true,
  };
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
    ...base,
    name: base?.name ?? "mapping",
    described: `the mapping ${mapping.file}`,
    tables,
    provides,
    meaning: base?.meaning ?? mappedMeaning(provides),
    mapping: { hash, refuse: mapping.refuse, changes: changesOf(mapping) },
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
    case "changed":
      return changedProvision(mapped, from, { table, binding });
  }
}

type Changed = Extract<MappedTable, { kind: "changed" }>;

/** Of what the file is based on those selections that it changes, and the others as they are. */
function changedProvision(
  { by }: Changed,
  from: Provision | null,
  { table, binding }: { readonly table: ContractTable; readonly binding: Binding },
): Provision | null {
  if (from === null) {
    const wanted = "a selection with from: what the file is based on has no such table";
    for (const { at } of by)
      binding.notes.note("mapping-value", { what: `tables.${table}`, wanted }, at);
    return null;
  }
  const changed = [...from];
  for (const each of by) {
    const place = placeOf(each, from, { table, binding });
    const base = place === null ? undefined : changed[place];
    if (place === null || base === undefined) continue;
    changed[place] = changeSelection(base, each, { table, binding }) ?? base;
  }
  return changed;
}

/** Which selection is meant; null, noted, where that is not told. */
function placeOf(
  { of, at }: ChangedSelection,
  from: Provision,
  { table, binding: { notes } }: { readonly table: ContractTable; readonly binding: Binding },
): number | null {
  const names = from.map((each) => each.table.split(".").at(-1) ?? "");
  if (of === null && from.length === 1) return 0;
  const place = names.findIndex((name) => name.toLowerCase() === of?.toLowerCase());
  if (place !== -1) return place;
  if (of === null) {
    const wanted = `told which of its parts to change: add of: ${names.join(", or of: ")}`;
    notes.note("mapping-value", { what: `tables.${table}`, wanted }, at);
  } else {
    const nearest = nearestNames(of, names);
    notes.note(
      "mapping-unknown",
      { what: `The part of ${table}`, name: of, known: names, nearest },
      at,
    );
  }
  return null;
}

/** Contract tables that the file says itself: their fields, or null for all of them. */
function changesOf({ tables }: Mapping): MappingFacts["changes"] {
  return new Map(
    [...tables].map(([table, mapped]) => {
      if (mapped.kind !== "changed") return [table, null] as const;
      const isNarrowed = mapped.by.some(({ where }) => where.length > 0);
      const fields = mapped.by.flatMap((each) => [...each.fields.keys()]);
      return [table, isNarrowed ? null : new Set(fields)] as const;
    }),
  );
}

/** The tables of the base, and the columns that the file names besides. */
function withBase(base: PhysicalTables, own: PhysicalTables): PhysicalTables {
  const merged: Record<string, PhysicalTables[string]> = { ...base };
  for (const [name, columns] of Object.entries(own)) merged[name] = { ...base[name], ...columns };
  return merged;
}
