/** Studies and measures as JSON: what crosses every boundary. Its form is that of model.ts. */
import { ProblemError } from "../../base/problems.ts";
import type {
  ColumnDefinition,
  Json,
  MeasureDefinition,
  StudyDefinition,
  StudyFile,
  LeftOutMeasure,
} from "../model.ts";
import { withoutFiles } from "../codelists/make-codelist.ts";
import { readMeasure } from "./read-measure.ts";
import { checkKeys, readRecord } from "./read-record.ts";
import { readStudy } from "./read-study.ts";
import { safeJson, wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";
import type { Study } from "../study-builder.ts";
import { isPlainObject } from "../plain-object.ts";
import { readPlace } from "./read-place.ts";

/**
 * The study as plain JSON in canonical form, columns in the author's order, places left out. Studies
 * that builders or studyFromJson made and that say the same give the same text.
 */
export function studyToJson(study: StudyDefinition): Json {
  const columns = study.column_order.flatMap((name) => {
    const column = Object.hasOwn(study.columns, name) ? study.columns[name] : undefined;
    return column === undefined ? [] : [[name, columnToJson(column)] as const];
  });
  return {
    index_date: study.index_date,
    default_expectations: plainJson(study.default_expectations),
    ...(study.dummy_data === undefined ? {} : { dummy_data: study.dummy_data }),
    population: columnToJson(study.population),
    columns: Object.fromEntries(columns),
    column_order: [...study.column_order],
  };
}

function columnToJson({ function: name, args }: ColumnDefinition): Json {
  const plain = Object.entries(args).map(([argument, value]): [string, Json] => [
    argument,
    argument === "extra_columns" && value !== null
      ? columnsToJson(value)
      : plainJson(withoutFiles(value)),
  ]);
  return { function: name, args: Object.fromEntries(plain) };
}

function columnsToJson(columns: unknown): Json {
  const entries = Object.entries(columns as Readonly<Record<string, ColumnDefinition>>);
  return Object.fromEntries(entries.map(([name, column]) => [name, columnToJson(column)]));
}

/** Measures as plain JSON, places left out. */
export function measuresToJson(measures: readonly MeasureDefinition[]): readonly Json[] {
  return measures.map((measure) =>
    Object.fromEntries(Object.entries(measure).filter(([key]) => key !== "place")),
  );
}

/** Arguments are JSON since they were made; only their objects may lack a prototype. */
function plainJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item)]));
}

/**
 * The study that untrusted JSON says, deeply frozen; maps by name have no prototype. `column_order` may
 * be absent, then it is that of `columns`; `index_date` and `default_expectations` may be. Stops with
 * every problem found: unknown functions, arguments and keys, wrong shapes, names that could reach a
 * prototype, and studies that are too large.
 */
export function studyFromJson(json: unknown): Study {
  return readOrFail(json, "study", readStudy) as Study;
}

/** Measures out of untrusted JSON; `group_by` may be one name. Stops with every problem found. */
export function measuresFromJson(json: unknown): readonly MeasureDefinition[] {
  return readOrFail(json, "measures", readMeasures);
}

/** Both, as studyFileOf puts them together. Stops with every problem found. */
export function studyFileFromJson(json: unknown): StudyFile {
  return readOrFail(json, "file", (value, where, reading) => {
    const record = readRecord(value, where, "{ study, measures }", reading);
    if (record === null) return null;
    checkKeys(record, { required: ["study", "measures"], optional: ["left_out"] }, where, reading);
    const study = readStudy(record["study"], "study", reading);
    const measures = readMeasures(record["measures"], "measures", reading);
    if (study === null || measures === null) return null;
    const leftOut = readLeftOut(record["left_out"]);
    return Object.freeze({
      study,
      measures,
      ...(leftOut.length === 0 ? {} : { left_out: leftOut }),
    });
  });
}

type Reader<Value> = (value: Json | undefined, where: string, reading: JsonReading) => Value | null;

function readOrFail<Value>(json: unknown, where: string, read: Reader<Value>): Value {
  const reading: JsonReading = { problems: [], values: 0 };
  const safe = safeJson(json, where, reading);
  // What was refused is null in the copy; reading on would blame that too.
  const value = reading.problems.length > 0 ? null : read(safe, where, reading);
  if (value === null || reading.problems.length > 0) throw new ProblemError(reading.problems);
  return value;
}

function readMeasures(
  value: Json | undefined,
  where: string,
  reading: JsonReading,
): readonly MeasureDefinition[] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) return wrongShape(reading, where, "a list of measures", value);
  const list: readonly Json[] = value;
  const measures = list.map((each, i) => readMeasure(each, `${where}[${i}]`, reading));
  return Object.freeze(measures.filter((each) => each !== null));
}

/** They are named and never made, so that their other parts need not be right; what is no such thing is passed over. */
function readLeftOut(value: Json | undefined): readonly LeftOutMeasure[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isPlainObject).map(({ id, exported_as: name, place }) => {
    const known = readPlace(place as Json | undefined, "left_out", { problems: [], values: 0 });
    return {
      id: typeof id === "string" ? id : "",
      exported_as: typeof name === "string" ? name : null,
      ...(known === null ? {} : { place: known }),
    };
  });
}
