import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mappedKind } from "../../engine/schema/mapping/mapped-kind.ts";
import { readMapping } from "../../engine/schema/mapping/read-mapping.ts";

/** `line code`, and what message or hint must say. */
function told(text: string): readonly string[] {
  const { mapping, problems } = readMapping(text, "records.yaml");
  const all = mapping === null || problems.length > 0 ? problems : mappedKind(mapping, "").problems;
  return all.map(({ code, place, message, hint }) => `${place?.line} ${code}: ${message}. ${hint}`);
}

const patients = "  patients: {from: pat, fields: {patient_id: nr, born_on: dob}}\n";

function mapped(tables: string, rest = ""): string {
  return `based_on: nothing\n${rest}tables:\n${tables}`;
}

/** Of fields of patients. */
function fields(text: string): string {
  return mapped(`  patients: {from: pat, fields: {patient_id: nr, ${text}}}\n`);
}

const right: readonly (readonly [what: string, text: string])[] = [
  ["a table and its columns", mapped(patients)],
  [
    "a schema by a name of the file",
    mapped("  patients: {from: cdm.pat, fields: {patient_id: nr}}\n", "schemas: {cdm: site_1}\n"),
  ],
  ["names for numbers", fields('sex: {renamed: gender, names: {1: M, 2: F}, others: ""}')],
  ["days that stand for none", fields('died_on: {unless: dod, texts: ["9999-12-31"]}')],
  ["a day of three numbers", fields("born_on: {day_from: [y, m, d]}")],
  [
    "an expression in an expression",
    fields("born_on: {day_in_text: {trimmed: dob}, layout: compact}"),
  ],
  ["a column that is called missing", fields("sex: {column: missing}")],
  ["a value with a point in the name of its column", fields('sex: {column: "a.b"}')],
  [
    "events of two systems, from a table that others are joined to",
    mapped(
      `${patients}  events:\n    - from: x.diagnosis\n      join: {table: x.visit, on: {visit: visit.id}, kind: inner}\n      where: {status: [F, C], visit.deleted: false}\n      fields: {patient_id: visit.patient, code: {system: snomed, text: {whole_number_as_text: sct}}, recorded_at: {timed: [day, at]}}\n    - {from: b, fields: {patient_id: nr, code: {system: ctv3, text: c}, recorded_at: seen}}\n`,
    ),
  ],
];

const omop = (text: string) => `based_on: omop-5.4\n${text}\n`;

const wrong: readonly (readonly [what: string, text: string, ...told: RegExp[]])[] = [
  ["nothing", "", /^1 mapping-syntax: .*empty/],
  ["no YAML", "based_on: [", /^\d mapping-syntax/],
  [
    "nobody",
    mapped("  events: {from: b, fields: {patient_id: nr, code: {system: snomed, text: c}}}\n"),
    /^1 mapping-key-missing: tables has no patients/,
  ],
  ["a tab for indentation", "tables:\n\tpatients: x", /^2 mapping-syntax: .*tab/],
  ["two documents", `${mapped(patients)}---\na: 1\n`, /mapping-syntax: .*second document/],
  [
    "a key twice",
    `based_on: tpp\n${mapped(patients)}`,
    /^2 mapping-syntax: .*duplicate key "based_on"/,
  ],
  [
    "a character that cannot be seen",
    fields('sex: "a\\u202eb"'),
    /^3 mapping-syntax: .*cannot be seen/,
  ],
  ["a NUL in a name", fields('sex: "a\\0b"'), /^3 mapping-syntax: .*cannot be seen/],
  [
    "a base that is misspelt",
    `based_on: nothin\ntables:\n${patients}`,
    /^1 mapping-unknown: .*"nothin".*Nearest: "nothing"/,
  ],
  ["no base", `tables:\n${patients}`, /^1 mapping-key-missing: .*based_on/],
  [
    "a key that is misspelt",
    mapped(patients, "schema: {}\n"),
    /^2 mapping-unknown: .*"schema".*Nearest: "schemas"/,
  ],
  [
    "a table that is misspelt",
    mapped("  patient: {from: a, fields: {patient_id: b}}\n"),
    /^3 mapping-unknown: .*Nearest: "patients"/,
  ],
  ["a field that is misspelt", fields("sexx: a"), /^3 mapping-unknown: .*Nearest: "sex"/],
  [
    "a name of every object in the place of a field",
    fields("constructor: a, __proto__: b"),
    /^3 mapping-unknown: .*"constructor"/,
    /^3 mapping-unknown: .*"__proto__"/,
  ],
  [
    "an expression that is misspelt",
    fields("born_on: {dayintext: a}"),
    /^3 mapping-unknown: .*Nearest: "day_in_text"/,
  ],
  [
    "SQL in the place of an expression",
    fields("sex: {sql: a}"),
    /^3 mapping-unknown: The expression "sql"/,
  ],
  [
    "an expression without what it needs",
    fields("born_on: {day_in_text: a}"),
    /^3 mapping-key-missing: day_in_text has no layout/,
  ],
  [
    "a text in the place of a day",
    fields("born_on: {trimmed: a}"),
    /^3 mapping-expression-type: born_on must hold days; this gives text/,
  ],
  [
    "a number from a text in the place of an id",
    mapped("  patients: {from: a, fields: {patient_id: {number_in_text: b}}}\n"),
    /^3 mapping-expression-type: patient_id must hold whole numbers; this gives numbers/,
  ],
  [
    "a day for none that is no day",
    fields("died_on: {unless: dod, texts: [never]}"),
    /^3 mapping-value: texts of unless must be days/,
  ],
  ["a list in the place of an expression", fields("sex: [a, b]"), /^3 mapping-value/],
  [
    "no id of patients",
    mapped("  patients: {from: a, fields: {sex: b}}\n"),
    /^3 mapping-key-missing: .*patient_id/,
  ],
  [
    "an event without its system",
    mapped("  events: {from: a, fields: {patient_id: b, code: c, recorded_at: d}}\n"),
    /^3 mapping-value: code of events must be a mapping/,
  ],
  [
    "a system that is misspelt",
    mapped("  events: {from: a, fields: {patient_id: b, code: {system: snomd, text: c}}}\n"),
    /^3 mapping-unknown: The system "snomd".*Nearest: "snomed"/,
  ],
  [
    "a joined table that is misspelt",
    fields("sex: vist.a"),
    /^3 mapping-unknown: The joined table "vist"/,
  ],
  [
    "a join that does not say what becomes of rows without a partner",
    mapped("  patients: {from: a, join: {table: b, on: {x: b.y}}, fields: {patient_id: c}}\n"),
    /^3 mapping-key-missing: .*kind/,
  ],
  [
    "a table with two points",
    mapped("  patients: {from: a.b.c, fields: {patient_id: c}}\n"),
    /^3 mapping-value: .*schema\.table/,
  ],
  [
    "a name of ten thousand characters",
    mapped(`  patients: {from: ${"a".repeat(10_000)}, fields: {patient_id: c}}\n`),
    /^3 mapping-value: .*at most 1000 characters/,
  ],
  [
    "a function that is misspelt",
    mapped(patients, "refuse: {registered_as_off: no}\n"),
    /^2 mapping-unknown: .*Nearest: "registered_as_of"/,
  ],
  [
    "who opted out of TPP",
    "based_on: tpp\ntables:\n  patients_not_opted_out: {from: Patient, fields: {patient_id: Patient_ID}}\n",
    /^3 mapping-opt-outs/,
  ],
  [
    "fields of a table that TPP does not have",
    "based_on: tpp\ntables:\n  immunisations: {fields: {code: a}}\n",
    /^3 mapping-value: .*from:/,
  ],
  [
    "codes where there are no vocabularies",
    `codes: {match: source}\n${mapped(patients)}`,
    /^1 mapping-value: codes must be in a file based on omop/,
  ],
  [
    "concept 0",
    omop("consultations: [0]"),
    /^2 mapping-value: consultations must be ids of concepts/,
  ],
  [
    "a system of codes that is misspelt",
    omop("codes: {systems: {icd: [ICD10]}}"),
    /^2 mapping-unknown: The system "icd"/,
  ],
  [
    "descendants of codes as they were recorded",
    omop("codes: {match: source, systems: {atc: {descendants: true}}}"),
    /^2 mapping-value: codes must be without descendants/,
  ],
  [
    "a unit of height for weight",
    omop("bmi: {units_if_missing: {weight: cm}}"),
    /^2 mapping-value: .*one of kg, g, lb/,
  ],
  [
    "all tables of events as absent",
    omop("absent: [measurement, observation, condition_occurrence, procedure_occurrence]"),
    /^2 mapping-value: absent must be not all/,
  ],
  [
    "a day of data that is none",
    omop("data_until: 2024-02-30"),
    /^2 mapping-value: data_until must be a day/,
  ],
  [
    "events of a system in records of concepts",
    omop("tables:\n  events: {from: a, fields: {patient_id: b}}"),
    /^3 mapping-value: tables\.events must be concept_events/,
  ],
  [
    "a change of several selections without saying of which",
    omop("tables:\n  concept_events: {fields: {unit: a}}"),
    /^3 mapping-value: .*add of: condition_occurrence/,
  ],
  [
    "a change of a selection that is misspelt",
    omop("tables:\n  concept_events: {of: mesurement, fields: {unit: a}}"),
    /^3 mapping-unknown: .*Nearest: "measurement"/,
  ],
  [
    "concepts where there are no vocabularies",
    mapped(`${patients}  concept_events: {from: a, fields: {patient_id: b}}\n`),
    /^4 mapping-unknown: The table "concept_events"/,
  ],
  [
    "a selection that says less than the one before it",
    mapped(
      `${patients}  hospital_ethnicities:\n    - {from: a, fields: {patient_id: b, code: c}}\n    - {from: d, fields: {patient_id: e}}\n`,
    ),
    /^6 mapping-uneven: .*hospital_ethnicities gives "code"/,
  ],
];

describe("a mapping file", () => {
  for (const [what, text] of right) {
    it(`may have ${what}`, () => {
      assert.deepEqual(told(text), []);
    });
  }

  for (const [what, text, ...expected] of wrong) {
    it(`may not have ${what}`, () => {
      const all = told(text);
      assert.equal(all.length, expected.length, all.join("\n"));
      for (const [i, pattern] of expected.entries()) assert.match(all[i] ?? "", pattern);
    });
  }

  it("tells all that is wrong with it at once, in the order of its lines", () => {
    const all = told(
      mapped(
        "  patients: {from: a, fields: {patient_id: b, sexx: c}}\n  meds: {}\n",
        "refuze: {}\n",
      ),
    );
    assert.deepEqual(
      all.map((line) => line.split(":")[0]),
      ["2 mapping-unknown", "4 mapping-unknown", "5 mapping-unknown"],
    );
  });

  it("is not worked on for ever where aliases stand for aliases", () => {
    const levels = Array.from({ length: 40 }, (_, i) =>
      i === 0
        ? "a0: &a0 {joined: [x, x, x], between: ''}"
        : `a${i}: &a${i} {joined: [*a${i - 1}, *a${i - 1}], between: ''}`,
    );
    const all = told(`${levels.join("\n")}\n${fields("sex: *a39")}`);
    assert.ok(all.length > 0 && all.length <= 100);
    const some = fields(
      `sex: {joined: [&b {joined: [a, a, a, a, a, a, a, a], between: ""}, ${"*b, ".repeat(40)}*b], between: ""}`,
    );
    assert.match(told(some).join("\n"), /at most 200 parts/);
  });
});
