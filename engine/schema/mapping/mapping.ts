/** What a mapping file says, each part with its place: plain data that no database has been asked about. */
import type { YamlMark } from "../../base/yaml-node.ts";
import type { ContractTable } from "../contract.ts";
import type { OmopDeclared } from "../omop/declared.ts";
import { omopVersions } from "../omop/omop-tables.ts";
import type { OmopVersion } from "../omop/omop-tables.ts";
import type { Given } from "./form.ts";
import type { FormName } from "./forms.ts";

export const bases = ["nothing", "tpp", "emis", "omop-5.4", "omop-5.3"] as const;
export type Base = (typeof bases)[number];

/** Null for a base that is no OMOP. */
export function omopVersionOf(base: Base): OmopVersion | null {
  return omopVersions.find((version) => base === `omop-${version}`) ?? null;
}

export interface Mapping {
  /** As messages name it. */
  readonly file: string;
  readonly basedOn: Base;
  /** Schemas by the names that the file gives them. */
  readonly schemas: ReadonlyMap<string, string>;
  /** What it says of an OMOP database; null where it is based on something else. */
  readonly omop: OmopDeclared | null;
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
  | { readonly kind: "changed"; readonly at: YamlMark; readonly by: readonly ChangedSelection[] };

export interface ChangedSelection extends ChangedFields {
  readonly at: YamlMark;
  /** The table that the selection is from; null where there is one alone. */
  readonly of: string | null;
}

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
