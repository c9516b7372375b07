import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contractTables, lookupTables } from "../../engine/schema/contract.ts";
import type { ContractTable } from "../../engine/schema/contract.ts";
import { columnsOf } from "../../engine/schema/provision.ts";
import type { Provider, Provision, Selection, Source } from "../../engine/schema/provision.ts";
import { emis } from "../../engine/schema/emis/emis-provider.ts";
import { NOTHING_DECLARED } from "../../engine/schema/omop/declared.ts";
import { omop } from "../../engine/schema/omop/omop-provider.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";

interface Provided {
  readonly table: ContractTable;
  readonly selection: Selection;
}

const declared = {
  ...NOTHING_DECLARED,
  consultations: [9202],
  outpatients: [9202],
  historyIsComplete: true,
  columns: {
    "practice.region": "location.county",
    "address.msoa": "location.zip",
    ethnicity: "person.race_source_value",
  },
};

for (const provider of [tpp, emis("int"), emis("text"), omop(NOTHING_DECLARED), omop(declared)]) {
  const provisions = Object.entries(provider.provides) as readonly (readonly [
    ContractTable,
    Provision | null,
  ])[];
  const selections = provisions.flatMap(([table, each]) =>
    (each ?? []).map((selection) => ({ table, selection })),
  );
  describe(`${provider.described}, as its tables are`, () => {
    it("says of every table of the contract how it is provided, or that it is not", () => {
      assert.deepEqual(Object.keys(provider.provides).sort(), Object.keys(contractTables).sort());
      assert.deepEqual(
        provisions.filter(([, each]) => each?.length === 0),
        [],
      );
    });
    holdSelections(provider, selections);
  });
}

function holdSelections(provider: Provider, selections: readonly Provided[]): void {
  for (const { table, selection } of selections) {
    it(`provides all fields of ${table} from ${selection.table}, and no others`, () => {
      const patient = Object.hasOwn(lookupTables, table) ? [] : ["patient_id"];
      const wanted = [...patient, ...Object.keys(contractTables[table])].sort();
      assert.deepEqual(Object.keys(selection.fields).sort(), wanted);
    });

    it(`names for ${table} only columns that ${selection.table} and what joins it have`, () => {
      const tables = new Map([[selection.alias, selection.table]]);
      for (const join of selection.joins ?? []) tables.set(join.alias, join.table);
      const named = [
        ...Object.values(selection.fields).flatMap(columnNames),
        ...(selection.joins ?? []).flatMap(({ on, where = [] }) => [
          ...on.flat(),
          ...where.map(([column]) => column),
        ]),
        ...(selection.where ?? []).map(([column]) => column),
        ...(selection.latest === undefined ? [] : columnNames(selection.latest)),
      ];
      assert.ok(named.length > 0);
      const unknown = named.filter((each) => {
        const [alias = "", column = ""] = each.split(".");
        return provider.tables[tables.get(alias) ?? ""]?.[column] === undefined;
      });
      assert.deepEqual(unknown, []);
    });
  }

  it("reads a date where the contract has a date, and a number where it has a number", () => {
    const kinds = {
      id: ["int", "long"],
      int: ["int"],
      real: ["real"],
      text: ["text"],
      code: ["text"],
      flag: ["bit"],
      date: ["date"],
      datetime: ["datetime", "date"],
    } as const;
    const wrong = selections.flatMap(({ table, selection }) =>
      Object.entries(contractTables[table]).flatMap(([field, type]) => {
        const source = selection.fields[field];
        if (source?.kind !== "column") return [];
        const from = [selection, ...(selection.joins ?? [])].find(
          ({ alias }) => alias === source.alias,
        );
        const kind = provider.tables[from?.table ?? ""]?.[source.column];
        const fits = (kinds[type] as readonly unknown[]).includes(kind);
        return fits ? [] : [`${table}.${field} is ${type}, ${source.column} ${kind ?? "unknown"}`];
      }),
    );
    assert.deepEqual(wrong, []);
  });
}

function columnNames(source: Source): readonly string[] {
  return columnsOf(source).map((parts) => parts.join("."));
}
