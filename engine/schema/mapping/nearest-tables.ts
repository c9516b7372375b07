/** Which tables of a database look like which that studies ask: by names and types, and nothing that is stored in them. */
import type { FoundColumn } from "../check-provider.ts";
import type { CatalogueTable } from "./catalogue-table.ts";
import { columnText } from "./plain-scalar.ts";
import { wayOutExpression } from "./way-out.ts";
import { wanted } from "./wanted-kinds.ts";
import { fieldTypes } from "./field-types.ts";

export interface NearTable {
  /** As mapping files call it. */
  readonly table: string;
  readonly selections: readonly NearSelection[];
}

export interface NearSelection {
  readonly from: CatalogueTable;
  readonly fields: readonly NearField[];
}

export interface NearField {
  readonly field: string;
  /** What stands behind it. */
  readonly of: string;
  readonly column: FoundColumn | null;
  /** Otherwise somebody must say what its values mean. */
  readonly isSure: boolean;
}

interface Likeness {
  /** Parts of names that tables of the kind have. */
  readonly named: RegExp;
  /** Names that columns of each field have, the likeliest first. */
  readonly fields: Readonly<Record<string, readonly RegExp[]>>;
  /** Without these it is no such table. */
  readonly needs: readonly string[];
}

const OF_PATIENTS = /^(?:patient|person|pat|subject|study)_?(?:id|no|nr|number|key)$/i;
/** Enough in the table of patients itself, and in no other: there it may be the row's own. */
const OWN_ID = /^(?:patid|pid|nr|no|id|eid)$/i;

const CODE = [/^(?:snomed\w*|sct\w*|concept_?id|conceptcode)$/i, /^(?:ctv3\w*|read\w*)$/i, /code/i];
const SEEN = [
  /^(?:event|consultation|record(?:ed)?|diagnosis|start)_?(?:date|day|at|on)$/i,
  /^(?:seen|date|day|taken\w*|dt)$/i,
  /date/i,
];

const likenesses: Readonly<Record<string, Likeness>> = {
  patients: {
    named: /pat(?:ient)?s?$|person|demograph|subject|member/i,
    fields: {
      patient_id: [OF_PATIENTS, OWN_ID],
      sex: [/^(?:sex|gender)(?:_?code)?$/i],
      born_on: [/^(?:date_?of_?birth|dob|birth_?(?:date|day)|born(?:_on)?)$/i],
      died_on: [/^(?:date_?of_?death|dod|death_?(?:date|day)|died(?:_on)?)$/i],
    },
    needs: ["patient_id", "born_on"],
  },
  practice_registrations: {
    named: /registration|enrol/i,
    fields: {
      patient_id: [OF_PATIENTS],
      registration_id: [/^registration_?(?:id|no|nr)$/i, /^id$/i],
      starts_at: [/^(?:start|from|begin|registered)(?:ed|s)?(?:_?(?:date|day|on|at))?$/i],
      ends_at: [/^(?:end|until|left|deregistered)(?:ed|s)?(?:_?(?:date|day|on|at))?$/i],
      practice_id: [/^practice_?(?:id|no|nr)$/i],
      region: [/region/i],
    },
    needs: ["patient_id", "starts_at"],
  },
  events: {
    named: /event|diagnos|condition|observation|lab|measurement|problem|finding/i,
    fields: {
      patient_id: [OF_PATIENTS],
      code: CODE,
      recorded_at: SEEN,
      numeric_value: [/^(?:value|result|numeric\w*|number)$/i],
      event_id: [/^(?:event_?)?id$/i, /_id$/i],
    },
    needs: ["patient_id", "code", "recorded_at"],
  },
  medications: {
    named: /medicat|drug|prescri|issue/i,
    fields: {
      patient_id: [OF_PATIENTS],
      code: [/dmd/i],
      issued_at: [/^(?:issue\w*|start)_?(?:date|day|at|on)$/i, /^(?:date|day)$/i, /date/i],
      issue_id: [/^(?:issue_?)?id$/i],
    },
    needs: ["patient_id", "code", "issued_at"],
  },
};

/**
 * Each table of a database is one of them at most, of the kind that is asked for first. Patients have the same column
 * for their id in all tables, or one that is named for it.
 */
export function allNearest(tables: readonly CatalogueTable[]): readonly NearTable[] {
  const taken = new Set<string>();
  let id: RegExp | null = null;
  return Object.entries(likenesses).flatMap(([table, likeness]) => {
    const like = id === null ? likeness : withId(id, likeness);
    const near = tables
      .filter(({ name }) => !taken.has(name) && (name.match(/\./g) ?? []).length <= 1)
      .flatMap((from) => nearSelection(table, from, like) ?? [])
      .sort((a, b) => b.fields.length - a.fields.length);
    const selections = table === "events" ? alike(near) : near.slice(0, 1);
    for (const { from } of selections) taken.add(from.name);
    const [first] = selections;
    if (table === "patients") id = idOf(first);
    return first === undefined ? [] : [{ table, selections }];
  });
}

/** A bare `id` of patients is no id of patients elsewhere. */
function idOf(patients: NearSelection | undefined): RegExp | null {
  const column = patients?.fields.find(({ field }) => field === "patient_id")?.column?.name ?? "id";
  return /^id$/i.test(column) || !/^\w+$/.test(column) ? null : new RegExp(`^${column}$`, "i");
}

function withId(id: RegExp, likeness: Likeness): Likeness {
  return { ...likeness, fields: { ...likeness.fields, patient_id: [id, OF_PATIENTS] } };
}

/** Of several selections each says of every field what it is, or that its rows have none. */
function alike(near: readonly NearSelection[]): readonly NearSelection[] {
  const sure = new Set(
    near.flatMap(({ fields }) => fields.filter((each) => each.isSure).map((each) => each.field)),
  );
  return near.map(({ from, fields }) => {
    const held = new Set(fields.filter((each) => each.isSure).map((each) => each.field));
    const lacking = [...sure].filter((field) => !held.has(field));
    const missing = lacking.map((field) => ({ field, of: "missing", column: null, isSure: true }));
    return { from, fields: [...fields, ...missing] };
  });
}

function nearSelection(
  table: string,
  from: CatalogueTable,
  likeness: Likeness,
): NearSelection | null {
  const last = from.name.split(".").at(-1) ?? "";
  if (!likeness.named.test(last)) return null;
  const columns = new Map<string, FoundColumn>();
  const free = new Set(from.columns);
  for (const [field, names] of Object.entries(likeness.fields)) {
    const column = firstLike(names, free);
    if (column === null) continue;
    columns.set(field, column);
    free.delete(column);
  }
  if (likeness.needs.some((field) => !columns.has(field))) return null;
  const fields = [...columns].map(([field, column]) => nearField(table, field, column));
  const isUsable = fields.every(({ field, isSure }) => isSure || !likeness.needs.includes(field));
  return isUsable ? { from, fields } : null;
}

function firstLike(
  names: readonly RegExp[],
  columns: ReadonlySet<FoundColumn>,
): FoundColumn | null {
  for (const pattern of names) {
    for (const column of columns) if (pattern.test(column.name)) return column;
  }
  return null;
}

function nearField(table: string, field: string, column: FoundColumn): NearField {
  const name = columnText(column.name);
  if (field === "code") return codeField(table, column, name);
  const contract = table === "events" ? "snomed_events" : (table as "patients");
  const kinds = wanted(fieldTypes(contract)[field] ?? "text");
  if (field === "sex" && column.kind === "int") {
    const of = `{renamed: ${name}, names: {1: M, 2: F}, others: ""}`;
    return { field, of, column, isSure: false };
  }
  // Of csv nobody knows the types; it is read as the field needs it.
  if (isUnknown(column) || (column.kind !== null && kinds.includes(column.kind)))
    return { field, of: name, column, isSure: true };
  return { field, of: wayOutExpression(name, column.kind, kinds) ?? name, column, isSure: false };
}

function isUnknown({ type, kind }: FoundColumn): boolean {
  return kind === null && type === "text";
}

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/snomed|sct|concept/i, "snomed"],
  [/ctv3|read/i, "ctv3"],
  [/dmd/i, "dmd"],
];

function codeField(table: string, column: FoundColumn, name: string): NearField {
  const [, system] = SYSTEMS.find(([pattern]) => pattern.test(column.name)) ?? [];
  const isWhole = column.kind === "int";
  const text = isWhole ? `{whole_number_as_text: ${name}}` : name;
  const isText = isWhole || column.kind === "text" || isUnknown(column);
  const isOf =
    table === "medications" ? system === "dmd" : system !== undefined && system !== "dmd";
  return {
    field: "code",
    of: `{system: ${system ?? ""}, text: ${text}}`,
    column,
    isSure: isText && isOf,
  };
}
