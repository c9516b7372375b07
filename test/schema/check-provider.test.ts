import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tableUses } from "../../engine/plan/table-uses.ts";
import { checkProvider } from "../../engine/schema/check-provider.ts";
import type { FoundColumn, FoundTables } from "../../engine/schema/check-provider.ts";
import { EVENT_TABLES, NOTHING_DECLARED } from "../../engine/schema/omop/declared.ts";
import { omop } from "../../engine/schema/omop/omop-provider.ts";
import type { PhysicalKind } from "../../engine/schema/physical-table.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { events, snomed } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import { planOf } from "../plan/plan-of.ts";

type Tables = Readonly<Record<string, Readonly<Record<string, PhysicalKind | null>>>>;

/** A database as it is found, names as they stand. */
function found(tables: Tables): FoundTables {
  return new Map(
    Object.entries(tables).map(([table, columns]) => [
      table.toLowerCase(),
      Object.entries(columns).map(([name, kind]): FoundColumn => ({
        name,
        kind,
        type: (kind ?? "blob").toUpperCase(),
      })),
    ]),
  );
}

const patient = { Patient: { Patient_ID: "int", Sex: "text", DateOfBirth: "date" } } as const;
const event = {
  Patient_ID: "int",
  CodedEvent_ID: "int",
  CTV3Code: "text",
  ConsultationDate: "datetime",
  NumericValue: "real",
} as const;
const whole = { ...patient, CodedEvent: event } as const;

const study: Calls = {
  asthma: events(),
  first: events({ returning: "date", find_first_match_in_period: true, date_format: "YYYY" }),
  value: events({ returning: "numeric_value" }),
};

function problems(tables: Tables, columns: Calls = study) {
  return checkProvider(tpp, found(tables), tableUses(planOf(columns)));
}

describe("a database that is asked", () => {
  it("is in order with the tables and columns that the study needs, and no others", () => {
    assert.deepEqual(problems(whole), []);
    assert.deepEqual(problems({ Patient: { Patient_ID: "int" } }, {}), []);
  });

  it("is asked without regard to the letter case of names", () => {
    const lower = Object.fromEntries(
      Object.entries(whole).map(([table, columns]) => [
        table.toUpperCase(),
        Object.fromEntries(
          Object.entries(columns).map(([name, kind]) => [name.toLowerCase(), kind]),
        ),
      ]),
    );
    assert.deepEqual(problems(lower), []);
  });

  it("lacks a table: one problem with all columns of the study that need it, and names that are near", () => {
    const [only, ...more] = problems({ ...patient, CodedEvents: event });
    assert.deepEqual(more, []);
    assert.equal(only?.code, "database-table-missing");
    assert.equal(only.exitCode, 1);
    assert.equal(only.message, 'The database has no table "CodedEvent", as a TPP database has');
    assert.match(only.hint, /Nearest: "codedevents"/i);
    assert.match(only.hint, /columns "asthma", "first", "value" of the study need it/);
  });

  it("lacks a column: only the columns of the study that read it are told", () => {
    const { NumericValue, ...rest } = event;
    const [only, ...more] = problems({
      ...patient,
      CodedEvent: { ...rest, NumericValues: NumericValue },
    });
    assert.deepEqual(more, []);
    assert.equal(only?.code, "database-column-missing");
    assert.match(only.message, /table "CodedEvent" .* no column "NumericValue"/);
    assert.match(only.hint, /Nearest: "NumericValues"/);
    assert.match(only.hint, /column "value" of the study needs it/);
  });

  it("holds something else in a column: what it holds and must hold are told", () => {
    const wrong = { ...event, ConsultationDate: "text", NumericValue: null } as const;
    const told = problems({ ...patient, CodedEvent: wrong });
    assert.deepEqual(
      told.map(({ code, exitCode }) => [code, exitCode]),
      [
        ["database-column-type", 1],
        ["database-column-type", 1],
      ],
    );
    const messages = told.map(({ message }) => message).join("\n");
    assert.match(messages, /"ConsultationDate" .* holds TEXT; it must hold times or days/);
    assert.match(messages, /"NumericValue" .* holds BLOB; it must hold numbers/);
  });

  it("may hold days for times, whole numbers for numbers and for yes and no", () => {
    const wider = { ...event, ConsultationDate: "date", NumericValue: "int" } as const;
    assert.deepEqual(problems({ ...patient, CodedEvent: wider }), []);
  });

  it("tells everything that is missing at once", () => {
    const told = problems(
      { Patient: { DateOfBirth: "date" } },
      { ...study, sex: ["sex"], drug: ["with_these_medications", { codelist: snomed }] },
    );
    assert.deepEqual(told.map(({ message }) => /"(\w+)"(?:, as|$)/.exec(message)?.[1]).sort(), [
      "CodedEvent",
      "MedicationDictionary",
      "MedicationIssue",
      "Patient_ID",
      "Sex",
    ]);
  });

  it("says that it is perhaps being rebuilt where the table of SNOMED CT events is not there", () => {
    const [only, ...more] = problems(whole, { coded: events({ codelist: snomed }) });
    assert.deepEqual(more, []);
    assert.equal(only?.code, "database-being-rebuilt");
    assert.equal(only.exitCode, 4);
    assert.match(only.hint, /column "coded" of the study needs it. Try again later/);
  });

  it("needs what rows are joined with, and what is joined for one column only for that column", () => {
    const registrations = {
      Registration_ID: "int",
      Patient_ID: "int",
      Organisation_ID: "int",
      StartDate: "datetime",
      EndDate: "datetime",
    } as const;
    const told = problems(
      { ...patient, RegistrationHistory: registrations },
      {
        region: [
          "registered_practice_as_of",
          { date: "index_date", returning: "nuts1_region_name" },
        ],
      },
    );
    assert.deepEqual(
      told.map(({ message }) => message),
      ['The database has no table "Organisation", as a TPP database has'],
    );
  });

  it("is told at once how to say that it never had tables of OMOP events", () => {
    const told = (there: readonly string[], absent: readonly string[] = []) => {
      const provider = omop({ ...NOTHING_DECLARED, absent });
      const uses = [
        { table: "concept_events", fields: ["patient_id"], columns: ["asthma"] },
      ] as const;
      const tables = found(Object.fromEntries([...there, "concept"].map((name) => [name, {}])));
      return checkProvider(provider, tables, uses)
        .filter(({ code }) => code === "database-table-missing")
        .map(({ hint }) => /absent=\S*/.exec(hint)?.[0] ?? "nothing");
    };
    const both = "absent=observation,procedure_occurrence";
    assert.deepEqual(told(["measurement", "condition_occurrence"]), [both, both]);
    assert.deepEqual(told(["measurement", "condition_occurrence"], ["observation"]), [both]);
    assert.deepEqual(told([]), ["nothing", "nothing", "nothing", "nothing"]);
    assert.deepEqual(told(EVENT_TABLES), []);
  });
});
