/** What a mapping file says, each part with its place: plain data that no database has been asked about. */
import type { YamlMark } from "../../base/yaml-node.ts";
import type { ContractTable } from "../contract.ts";
import type { Given } from "./form.ts";
import type { FormName } from "./forms.ts";

export const bases = ["nothing", "tpp", "emis"] as const;
export type Base = (typeof bases)[number];

export interface Mapping {
  /** As messages name it. */
  readonly file: string;
  readonly basedOn: Base;
  /** Schemas by the names that the file gives them. */
  readonly schemas: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<ContractTable, MappedTable>;
  /** Functions that are off, with the reason that is shown. */
  readonly refuse: ReadonlyMap<string, string>;
}

export type MappedTable =
  | { readonly kind: "lacking"; readonly at: YamlMark }
  | {
      readonly kind: "selections";
      readonly at: YamlMark;
      readonly of: readonly MappedSelection[];
    }
  /** Some fields of the table of what the file is based on. */
  | { readonly kind: "changed"; readonly at: YamlMark; readonly by: ChangedFields };

export interface ChangedFields {
  readonly joins: readonly MappedJoin[];
  readonly where: readonly MappedCondition[];
  readonly fields: ReadonlyMap<string, Expression>;
}

export interface MappedSelection extends ChangedFields {
  readonly at: YamlMark;
  readonly from: TableName;
  readonly distinct: boolean;
  /** Patients with several rows are in none. */
  readonly unique: boolean;
  readonly latest: Expression | null;
}

export interface TableName {
  readonly at: YamlMark;
  /** `schema.table`, or the table alone where names without a schema are looked for. */
  readonly name: string;
}

export interface MappedJoin {
  readonly at: YamlMark;
  readonly table: TableName;
  /** What columns of it are called by: its own name, unless another is given. */
  readonly as: string;
  readonly kind: "inner" | "left";
  readonly on: readonly (readonly [ColumnName, ColumnName])[];
}

export interface ColumnName {
  readonly at: YamlMark;
  /** Null for the table that the selection is from. */
  readonly of: string | null;
  readonly column: string;
}

export interface MappedCondition {
  readonly column: ColumnName;
  readonly is: readonly (string | number | boolean)[];
}

export type Expression = { readonly at: YamlMark } & (
  | { readonly kind: "column"; readonly of: string | null; readonly column: string }
  | { readonly kind: "value"; readonly value: string | number | boolean }
  | { readonly kind: "missing" }
  | { readonly kind: "lacking" }
  | {
      readonly kind: "made";
      readonly form: FormName;
      readonly parts: readonly Expression[];
      readonly given: Given;
    }
);
