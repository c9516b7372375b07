/** A small set of records and a study over it, for tests of databases. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isoDateOf } from "../../engine/base/dates.ts";
import { connect } from "../../engine/backend/connect.ts";
import type { Backend, HearCodelists } from "../../engine/backend/backend.ts";
import type {
  DatabaseBackendOptions,
  Evaluate,
} from "../../engine/backend/database/backend-options.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { BOUNDS } from "../../engine/sql/gather.ts";
import type { Bounds } from "../../engine/sql/gather.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { checked } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import type { Records, Row } from "../naive/row.ts";

const sexes = ["F", "M", "I", "U"];

function days(count: number, from: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const [month, day] = [((from + i * 5) % 12) + 1, ((from * 3 + i * 7) % 28) + 1];
    return `2020-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  });
}

/** So many patients, each with some events; all but every fifth may be asked about. */
export function smallRecords(patients = 23): Records {
  const ids = Array.from({ length: patients }, (_, i) => i * 3 + 1);
  const events = ids.flatMap((id, i) =>
    days(i % 5, i).map((day, n): Row => ({
      Patient_ID: id,
      CodedEvent_ID: id * 100 + n,
      CTV3Code: n % 2 === 0 ? "X1..." : "X2...",
      ConsultationDate: `${day}T10:00:00`,
      NumericValue: id / 8 + n,
    })),
  );
  return {
    Patient: ids.map((id, i) => ({
      Patient_ID: id,
      Sex: sexes[i % 4] ?? "",
      DateOfBirth: `19${50 + (i % 40)}-0${(i % 9) + 1}-01`,
    })),
    CodedEvent: events,
    AllowedPatientsWithTypeOneDissent: ids
      .filter((_, i) => i % 5 !== 4)
      .map((id) => ({ Patient_ID: id })),
  };
}

const coded = { system: "ctv3", codes: ["X1...", "X2..."] };
const events = (args: object) =>
  ["with_these_clinical_events", { codelist: coded, ...args }] as const;
const month = ["index_date", "last_day_of_month(index_date)"];

export const smallColumns: Calls = {
  sex: ["sex"],
  age: ["age_as_of", { reference_date: "index_date" }],
  seen: events({ between: month }),
  last: events({ on_or_before: "index_date", returning: "date", date_format: "YYYY-MM-DD" }),
  value: events({ on_or_before: "index_date", returning: "numeric_value" }),
};

export const smallDates = ["2020-04-01", "2020-05-01", "2020-06-01"];

export interface Asking {
  /** The folder that paths of URLs begin in, and where files of the cohorts go. */
  readonly workspace: string;
  readonly study?: CheckedStudy;
  readonly indexDates?: readonly string[];
  readonly evaluate?: Evaluate;
  readonly bounds?: Bounds;
  /** Text by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly onCodelists?: HearCodelists;
  /** Told before each cohort is read. */
  readonly onCohort?: () => void;
}

/** The text of each cohort file that a database gives. */
export async function cohortTexts(url: string, asking: Asking): Promise<readonly string[]> {
  return textsFrom(
    await connect(url, { ...backendOptions(asking), workspace: asking.workspace }),
    asking,
  );
}

export function backendOptions({
  files = {},
  evaluate = "one-pass",
  bounds = BOUNDS,
}: Asking): DatabaseBackendOptions {
  const readFile = (path: string) => Promise.resolve(Buffer.from(files[path] ?? ""));
  return { today: isoDateOf("2021-06-15"), readFile, evaluate, bounds };
}

/** The same of a backend, which is then closed. */
export async function textsFrom(backend: Backend, asking: Asking): Promise<readonly string[]> {
  const { workspace, study = checked(smallColumns), indexDates = smallDates } = asking;
  const texts: string[] = [];
  try {
    for await (const cohort of backend.cohorts(
      study,
      indexDates.map(isoDateOf),
      asking.onCodelists,
    )) {
      asking.onCohort?.();
      const path = join(workspace, "cohort.csv");
      await writeCohort({ path, format: "csv", ...cohort });
      texts.push(readFileSync(path, "utf8"));
    }
  } finally {
    await backend.close();
  }
  return texts;
}
