/**
 * How a kind of database provides a contract table: plain data that every SQL dialect can say.
 * Columns are named `alias.Column`; the alias is the one given beside the table.
 */
import type { IsoDate } from "../base/dates.ts";
import type { ContractTable } from "./contract.ts";
import type { Meaning } from "./meaning.ts";
import type { PhysicalTables } from "./physical-table.ts";
import type { VocabularySettings } from "./vocabulary-settings.ts";

/** A value made from columns of one physical row; missing if a column in it is, unless said otherwise. */
export type Source =
  | { readonly kind: "column"; readonly alias: string; readonly column: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "missing" }
  /** What this kind of database does not hold: a study that needs it is refused. */
  | { readonly kind: "lacking" }
  /** A whole number as text. */
  | { readonly kind: "digits"; readonly of: Source }
  /** The day where the value is missing. */
  | { readonly kind: "or-else"; readonly of: Source; readonly day: IsoDate }
  /** The first 63 bits of a hash that is written in at least 16 hexadecimal digits. */
  | { readonly kind: "number-in-hex"; readonly of: Source }
  /** The earlier of two dates; a missing one is passed over, and the second wins a tie. */
  | { readonly kind: "earlier"; readonly of: readonly [Source, Source] }
  | { readonly kind: "day-in-text"; readonly of: Source; readonly layout: DayLayout }
  | { readonly kind: "number-in-text"; readonly of: Source }
  /** "", "NA" and the like are missing. */
  | { readonly kind: "unless"; readonly of: Source; readonly texts: readonly string[] }
  /** First of the month: year text like 201920 is the year that begins in April 2019, month 1 is April. */
  | { readonly kind: "financial-month"; readonly year: Source; readonly month: Source }
  /** Each of the first texts by the second, in order. */
  | {
      readonly kind: "replaced";
      readonly of: Source;
      readonly pairs: readonly (readonly [string, string])[];
    }
  | { readonly kind: "trimmed"; readonly of: Source }
  /** Texts that are neither missing nor empty, in order, with the text between them. */
  | { readonly kind: "joined"; readonly of: readonly Source[]; readonly between: string }
  /** Some whole texts by others; a text not listed stays, or becomes "" where `others` is empty. */
  | {
      readonly kind: "renamed";
      readonly of: Source;
      readonly names: readonly (readonly [string, string])[];
      readonly others: "kept" | "empty";
    }
  | MadeSource;

/** Values that every dialect makes in the same way of what it says by itself. */
export type MadeSource =
  | { readonly kind: "number"; readonly value: number }
  /** The first that is not missing. */
  | { readonly kind: "first-of"; readonly of: readonly Source[] }
  /** Missing unless the other value is one of these. */
  | {
      readonly kind: "when";
      readonly of: Source;
      readonly is: Source;
      readonly in: readonly (string | number)[];
    }
  /** A day of three whole numbers: missing without a year and a month, the first without a day, the last of the month beyond it. */
  | {
      readonly kind: "day-from";
      readonly year: Source;
      readonly month: Source;
      readonly day: Source;
    }
  /** The time, where it is of the day; otherwise the day. */
  | { readonly kind: "timed"; readonly day: Source; readonly time: Source }
  /** So many days after a day; the last day of the calendar stays. */
  | { readonly kind: "days-later"; readonly of: Source; readonly days: number }
  /** Midnights between two days. */
  | { readonly kind: "days-between"; readonly from: Source; readonly to: Source }
  /** A number times the factor of its unit; missing for a unit that is not listed. */
  | {
      readonly kind: "scaled";
      readonly of: Source;
      readonly unit: Source;
      readonly factors: readonly (readonly [unit: number, factor: number])[];
    }
  /** The calendar day of a time. */
  | { readonly kind: "day-of"; readonly of: Source }
  /** Missing on days, or for numbers, that stand for what is missing. */
  | { readonly kind: "unless-day"; readonly of: Source; readonly days: readonly IsoDate[] }
  | { readonly kind: "unless-number"; readonly of: Source; readonly numbers: readonly number[] };

/** `YYYY-MM-DD`, with or without a time; `dd/mm/yyyy`; either of these; `YYYYMMDD`. */
export type DayLayout = "iso" | "day-first" | "iso-or-day-first" | "compact";

/** A text of a record that stands for a day or a number. */
export type ReadText = Extract<
  Source,
  { readonly kind: "day-in-text" | "number-in-text" | "number-in-hex" }
>;

export interface Join {
  readonly table: string;
  readonly alias: string;
  /** A `left` join keeps rows without a partner; it is left out where none of its columns is asked for, so it must find one partner at most. */
  readonly kind: "inner" | "left";
  /** Pairs of `alias.Column` that are equal. */
  readonly on: readonly (readonly [string, string])[];
  /** What a partner must be besides. */
  readonly where?: readonly Condition[];
}

/**
 * Rows of which no row of the table covers the day, from one of its columns to another, both included, do not count. A row
 * that several cover counts once.
 */
export interface Within {
  readonly table: string;
  readonly alias: string;
  /** Pairs of `alias.Column` that are equal. */
  readonly on: readonly (readonly [string, string])[];
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

/** `alias.Column` = the value, or one of the values; missing does not match. */
export type Condition = readonly [of: string, is: Fixed | readonly (string | number)[]];

export type Fixed = string | number | boolean;

export interface Selection {
  readonly table: string;
  readonly alias: string;
  readonly joins?: readonly Join[];
  readonly where?: readonly Condition[];
  readonly within?: Within;
  /** Equal rows count once; all fields are then asked for. */
  readonly distinct?: true;
  /** Rows of a patient who has several are left out, all of them. */
  readonly unique?: true;
  /** Only rows with the greatest of these values count. */
  readonly latest?: Source;
  readonly fields: Readonly<Record<string, Source>>;
}

/** One selection, or several whose rows are put together. */
export type Provision = readonly Selection[];

export interface Provider {
  /** "tpp" */
  readonly name: string;
  /** In messages: "a TPP database". */
  readonly described: string;
  readonly tables: PhysicalTables;
  /** Null: it has no such records. */
  readonly provides: { readonly [Table in ContractTable]: Provision | null };
  readonly meaning: Meaning;
  /** How codelists are looked up in its vocabularies; absent where it has none. */
  readonly vocabularies?: VocabularySettings;
  /** Ids of patients have 64 bits, all of which count. */
  readonly hasLongIds?: true;
  /** By contract table, or its field after a dot: how to declare what is not there by itself. */
  readonly waysOut?: Readonly<Record<string, string>>;
  /** What can be said of tables that are missing; "" where that is nothing. */
  readonly ifMissing?: (tables: readonly string[]) => string;
  /** What every table that is kept on a shared server must have besides; absent where there is nothing. */
  readonly keptColumn?: KeptColumn;
  /** Where a mapping file tells how the tables are provided. */
  readonly mapping?: MappingFacts;
}

export interface MappingFacts {
  /** Changes when the file says something else. */
  readonly hash: string;
  /** Functions that it turns off, with the reason. */
  readonly refuse: ReadonlyMap<string, string>;
  /** Contract tables that it says itself, with the fields of them; null for the whole table. */
  readonly changes: ReadonlyMap<ContractTable, ReadonlySet<string> | null>;
}

/** Of rows of patients the code of their practice, of others that of the organisation that asks. */
export interface KeptColumn {
  readonly name: string;
  /** The variable of the environment that holds the code of the organisation. */
  readonly environment: string;
}

/** `a.Column` as a source. */
export function column(name: string): Source {
  const [alias = "", ...rest] = name.split(".");
  return { kind: "column", alias, column: rest.join(".") };
}

/** Fields that are columns as they stand: `{ sex: "p.Sex" }`. */
export function plain(fields: Readonly<Record<string, string>>): Record<string, Source> {
  return Object.fromEntries(Object.entries(fields).map(([name, from]) => [name, column(from)]));
}

/** Every column that a source reads. */
export function columnsOf(source: Source): readonly (readonly [alias: string, column: string])[] {
  switch (source.kind) {
    case "column":
      return [[source.alias, source.column]];
    default:
      return partsOf(source).flatMap(columnsOf);
  }
}

/** The columns that tell which rows something covers. */
export function columnsWithin({ on, day, from, to }: Within): readonly string[] {
  return [...on.flat(), day, from, to];
}

/** Every table that a selection is from, joins or is held against. */
export function tablesOf({ table, joins = [], within }: Selection): readonly string[] {
  const others = within === undefined ? joins : [...joins, within];
  return [table, ...others.map((each) => each.table)];
}

/** Joins that sources need: those of their own columns, and what leads there; inner ones always. */
export function joinsFor(
  { joins = [], where = [] }: Selection,
  sources: readonly Source[],
): readonly Join[] {
  const tested = where.map(([of]) => of.split(".")[0] ?? "");
  const read = sources.flatMap((source) => columnsOf(source).map(([alias]) => alias));
  const used = new Set([...read, ...tested]);
  const needed: Join[] = [];
  for (const join of [...joins].reverse()) {
    if (join.kind !== "inner" && !used.has(join.alias)) continue;
    for (const [alias = ""] of join.on.flat().map((name) => name.split("."))) used.add(alias);
    needed.unshift(join);
  }
  return needed;
}

/** The sources that a source is made of. */
export function partsOf(source: Source): readonly Source[] {
  switch (source.kind) {
    case "column":
    case "text":
    case "flag":
    case "missing":
    case "lacking":
    case "number":
      return [];
    case "earlier":
    case "joined":
    case "first-of":
      return source.of;
    case "financial-month":
      return [source.year, source.month];
    case "day-from":
      return [source.year, source.month, source.day];
    case "timed":
      return [source.day, source.time];
    case "days-between":
      return [source.from, source.to];
    case "when":
      return [source.of, source.is];
    case "scaled":
      return [source.of, source.unit];
    default:
      return [source.of];
  }
}

/** Whether ids of patients are held with every digit of 64 bits: a number with a point would round them. */
export function areLongIds(provider: Provider): boolean {
  return provider.hasLongIds === true || hashedIds(provider) !== null;
}

/** What ids of patients are made of where they are hashes, whose numbers have 63 bits; null where they are numbers. */
export function hashedIds({
  provides,
}: Provider): { readonly selection: Selection; readonly of: Source } | null {
  for (const selection of provides.patients ?? []) {
    const id = selection.fields["patient_id"];
    if (id?.kind === "number-in-hex") return { selection, of: id.of };
  }
  return null;
}
