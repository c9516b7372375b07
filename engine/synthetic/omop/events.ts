/** Coded events, each in the table of its domain, with the three codings that the model has: text, source and standard. */
import { identifier, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { drawsFor } from "../draws.ts";
import type { Columns } from "../insert.ts";
import { insertOmop } from "./omop-tables.ts";
import type { OmopTable } from "./omop-tables.ts";
import { FROM_RECORD } from "./people.ts";
import { codesIn, EMERGENCY_PLACES, tpp } from "./recorded-codes.ts";
import type { Domain } from "./vocabulary.ts";
import { visitId } from "./visits.ts";

/** Rows with person, row (a key), code, system, at (a time; missing: the day alone), day, value, status, visit, low, high, comparator. */
interface Rows {
  readonly rows: Sql;
  /** Where the key of a row comes from, 0 to 15: no two rows of a table have the same number. */
  readonly origin: number;
}

const PRIMARY = sql`32903`;
const SECONDARY = sql`32907`;

const tables: { readonly [D in Exclude<Domain, "Drug">]: OmopTable } = {
  Condition: "condition_occurrence",
  Measurement: "measurement",
  Observation: "observation",
  Procedure: "procedure_occurrence",
};

export function eventStatements(seed: string): readonly Sql[] {
  const coded = [practiceEvents(seed, "CodedEvent_SNOMED"), practiceEvents(seed, "CodedEvent")];
  const domains = Object.keys(tables) as (keyof typeof tables)[];
  return [
    ...coded.flatMap((rows) => domains.map((domain) => inserted(seed, domain, rows))),
    inserted(seed, "Condition", hospitalDiagnoses),
    inserted(seed, "Condition", emergencyDiagnoses),
    inserted(seed, "Procedure", hospitalProcedures),
    inserted(seed, "Procedure", outpatientProcedures),
  ];
}

/** Numbers of 32 bits in the records that these are made from are the decimals that they print as. Undated events have no place in the model. */
function practiceEvents(seed: string, table: "CodedEvent" | "CodedEvent_SNOMED"): Rows {
  const draws = drawsFor(seed, "omop events");
  const [system, code] = table === "CodedEvent" ? ["ctv3", "CTV3Code"] : ["snomed", "ConceptID"];
  const key = sql`e."CodedEvent_ID"`;
  const noTime = draws.chance("no time", key, 0.1);
  const otherDay = draws.chance("other day", key, 0.005);
  const at = sql`e."ConsultationDate"`;
  return {
    // Numbers of both tables differ already.
    origin: 0,
    rows: sql`(SELECT e."Patient_ID" AS person, ${key} AS row, e.${identifier(code)} AS code, ${system} AS system,
        CASE WHEN ${noTime} THEN NULL WHEN ${otherDay} THEN ${at} + INTERVAL 1 DAY ELSE ${at} END AS at, ${at}::DATE AS day,
        round(nullif(e."NumericValue", 0)::DOUBLE, 2) AS value, NULL AS status, NULL AS visit,
        round(nullif(b."LowerBound", -1)::DOUBLE, 1) AS low, round(nullif(b."UpperBound", -1)::DOUBLE, 1) AS high, b."Comparator" AS comparator
      FROM ${tpp(table)} AS e SEMI JOIN work.people AS p ON p.id = e."Patient_ID"
      LEFT JOIN ${tpp("CodedEventRange")} AS b ON b."CodedEvent_ID" = e."CodedEvent_ID"
      WHERE ${at} IS NOT NULL)`,
  };
}

/** What stands for itself in other rows. */
const unmeasured = sql`NULL AS at, NULL AS value, NULL AS low, NULL AS high, NULL AS comparator`;

function several(field: string): Sql {
  return sql`SELECT *, unnest(${codesIn(field)}) AS code, unnest(range(len(${codesIn(field)}))) AS nr`;
}

const hospitalDiagnoses: Rows = {
  origin: 1,
  rows: sql`(SELECT "Patient_ID" AS person, "APCS_Ident" * 8 + nr AS row, code, 'icd10' AS system, ${unmeasured},
      "Admission_Date"::DATE AS day, CASE WHEN nr = 0 THEN ${PRIMARY} ELSE ${SECONDARY} END AS status,
      ${visitId.hospital} AS visit
    FROM (${several("Der_Diagnosis_All")} FROM ${tpp("APCS_ARCHIVED")}) AS e SEMI JOIN work.people AS p ON p.id = e."Patient_ID")`,
};

const hospitalProcedures: Rows = {
  origin: 1,
  rows: sql`(SELECT "Patient_ID" AS person, "APCS_Ident" * 8 + nr AS row, code, 'opcs4' AS system, ${unmeasured},
      "Admission_Date"::DATE AS day, NULL AS status, ${visitId.hospital} AS visit
    FROM (${several("Der_Procedure_All")} FROM ${tpp("APCS_ARCHIVED")}) AS e SEMI JOIN work.people AS p ON p.id = e."Patient_ID")`,
};

const emergencyDiagnoses: Rows = {
  origin: 2,
  rows: sql`(SELECT "Patient_ID" AS person, "EC_Ident" * 8 + nr AS row, code, 'snomed' AS system, ${unmeasured}, day,
      CASE WHEN nr = 0 THEN ${PRIMARY} ELSE ${SECONDARY} END AS status, ${visitId.emergency} AS visit
    FROM (SELECT d.*, a."Arrival_Date"::DATE AS day, unnest([${emergencyCodes()}]) AS code, unnest(range(4)) AS nr
      FROM ${tpp("EC_Diagnosis_ARCHIVED")} AS d JOIN ${tpp("EC_ARCHIVED")} AS a USING ("EC_Ident")) AS e
    SEMI JOIN work.people AS p ON p.id = e."Patient_ID" WHERE code IS NOT NULL)`,
};

function emergencyCodes(): Sql {
  const [first, ...others] = EMERGENCY_PLACES.map((place) => sql`d.${identifier(place)}`);
  return others.reduce((all, each) => sql`${all}, ${each}`, first ?? sql`NULL`);
}

const outpatientProcedures: Rows = {
  origin: 3,
  rows: sql`(SELECT d."Patient_ID" AS person, d."OPA_Ident" * 8 AS row, d."Primary_Procedure_Code" AS code, 'opcs4' AS system,
      ${unmeasured}, a."Appointment_Date"::DATE AS day, NULL AS status, d."OPA_Ident" * 4 + 2 AS visit
    FROM ${tpp("OPA_Proc_ARCHIVED")} AS d JOIN ${tpp("OPA_ARCHIVED")} AS a USING ("OPA_Ident")
    SEMI JOIN work.people AS p ON p.id = d."Patient_ID" WHERE a."Attendance_Status" IN ('5', '6'))`,
};

/** Of a few rows the concept of their code was not kept: they are known by the standard one alone. */
function inserted(seed: string, domain: keyof typeof tables, { rows, origin }: Rows): Sql {
  const draws = drawsFor(seed, "omop codes");
  const isLost = sql`(c.standard <> 0 AND r.visit IS NULL AND ${draws.chance("no source", sql`r.row`, 0.01)})`;
  const source = sql`CASE WHEN ${isLost} THEN 0 ELSE c.source END`;
  const columns = columnsOf({ draws, domain, source, id: sql`r.row * 16 + ${origin}` });
  return insertOmop(
    tables[domain],
    columns,
    sql`${rows} AS r JOIN work.codes AS c ON c.system = r.system AND c.code = r.code WHERE c.domain = ${domain}`,
  );
}

interface Coded {
  readonly draws: ReturnType<typeof drawsFor>;
  readonly domain: keyof typeof tables;
  readonly source: Sql;
  readonly id: Sql;
}

function columnsOf(coded: Coded): Columns {
  const { draws, domain, source, id } = coded;
  const common = { person_id: sql`r.person`, visit_occurrence_id: sql`r.visit` };
  const named = (prefix: string): Columns => ({
    ...common,
    [`${prefix}_concept_id`]: sql`c.standard`,
    [`${prefix}_type_concept_id`]: FROM_RECORD,
    [`${prefix}_source_value`]: sql`left(r.code, 50)`,
    [`${prefix}_source_concept_id`]: source,
  });
  const dated = (prefix: string): Columns => ({
    [`${prefix}_date`]: sql`r.day`,
    [`${prefix}_datetime`]: sql`r.at`,
  });
  switch (domain) {
    case "Condition": {
      const status = { condition_status_concept_id: sql`r.status` };
      return {
        condition_occurrence_id: id,
        ...named("condition"),
        ...dated("condition_start"),
        ...status,
      };
    }
    case "Procedure":
      return { procedure_occurrence_id: id, ...named("procedure"), ...dated("procedure") };
    case "Observation":
      return {
        ...{ observation_id: id, value_as_number: sql`r.value` },
        ...{ ...named("observation"), ...dated("observation") },
      };
    case "Measurement":
      return {
        ...{ measurement_id: id, value_as_number: sql`r.value` },
        ...{ ...named("measurement"), ...dated("measurement") },
        operator_concept_id: OPERATOR,
        unit_concept_id: sql`CASE WHEN NOT ${draws.chance("no unit", sql`r.row`, 0.02)} THEN c.unit END`,
        range_low: sql`r.low`,
        range_high: sql`r.high`,
      };
  }
}

/** Where a laboratory said so; "about" has no operator. */
const OPERATOR = sql`CASE r.comparator WHEN 4 THEN 4172703 WHEN 5 THEN 4171755 WHEN 6 THEN 4172704 WHEN 7 THEN 4171756
  WHEN 8 THEN 4171754 END`;
