/** tpp/, tpp-generated/, multidate/: rows in the database, a study, the cohort that comes out. */
import { isoDateOf } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { emis } from "../../engine/schema/emis/emis-provider.ts";
import type { Provider } from "../../engine/schema/provision.ts";
import { NOTHING_DECLARED } from "../../engine/schema/omop/declared.ts";
import { omop } from "../../engine/schema/omop/omop-provider.ts";
import type { CohortRow } from "../naive/naive-cohort.ts";
import type { Records } from "../naive/row.ts";
import { expectProblem, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";
import type { Declared } from "../omop/declared.ts";
import { compareCohort } from "./cohort-checks.ts";
import type { ExpectedCohort } from "./cohort-checks.ts";
import { studyOf, today } from "./study-of-case.ts";

/** All that an evaluator is told. */
export interface Extraction {
  readonly study: CheckedStudy;
  readonly records: Records;
  /** null = the study's own. */
  readonly indexDates: readonly (IsoDate | null)[];
  readonly today: IsoDate;
  readonly includeOptedOut: boolean;
  /** Text by the path that the study names. */
  readonly files: Readonly<Record<string, string>>;
  /** Whose tables the records are in; a TPP database's where it is absent. */
  readonly provider?: Provider;
  /** What the database URL says of an OMOP database. */
  readonly declared?: Declared;
}

/** The cohorts in the order of the index dates, values as a cohort CSV file prints them. */
export type Extract = (asked: Extraction) => Promise<readonly (readonly CohortRow[])[]>;

interface ExpectedError {
  readonly stage?: string;
}

/** Performs a recorded case with an evaluator. */
export function extractionCase(extract: Extract): (recorded: Recorded) => Promise<void> {
  return async (recorded) => {
    const error = recorded["expect_error"] as ExpectedError | undefined;
    if (error?.stage === "define" && recorded["schema"] !== "omop") {
      await expectProblem(error, () => studyOf(recorded));
      return;
    }
    const asked = extractionOf(recorded);
    if (error !== undefined) await expectProblem(error, () => extract(asked));
    else expectCohorts(recorded, asked, await extract(asked));
  };
}

function extractionOf(recorded: Recorded): Extraction {
  const options = recorded["options"] as { readonly include_t1oo?: boolean } | undefined;
  const dates = recorded["index_dates"] as readonly string[] | undefined;
  return {
    study: studyOf(recorded),
    records: (recorded["tables"] ?? {}) as Records,
    indexDates: dates === undefined ? [null] : dates.map(isoDateOf),
    today: today(),
    includeOptedOut: options?.include_t1oo ?? false,
    files: (recorded["files"] ?? {}) as Readonly<Record<string, string>>,
    ...providerOf(recorded),
  };
}

function providerOf(recorded: Recorded): Pick<Extraction, "provider" | "declared"> {
  if (recorded["schema"] === "emis") return { provider: emis("int") };
  if (recorded["schema"] !== "omop") return {};
  const { omop: declared = {} } = (recorded["options"] ?? {}) as { readonly omop?: Declared };
  return { provider: omop(NOTHING_DECLARED), declared };
}

function expectCohorts(
  recorded: Recorded,
  { study, indexDates }: Extraction,
  cohorts: readonly (readonly CohortRow[])[],
): void {
  if (cohorts.length !== indexDates.length) mismatch(`${cohorts.length} cohorts`);
  const expected = recorded["expect"] as ExpectedCohort;
  const byDate = recorded["expect_by_date"] as Readonly<Record<string, ExpectedCohort>> | undefined;
  for (const [i, rows] of cohorts.entries()) {
    const date = indexDates[i] ?? null;
    const own = byDate?.[date ?? ""];
    if (byDate !== undefined && own === undefined) mismatch(`nothing recorded for ${date}`);
    const where = date === null ? "" : `${date}: `;
    compareCohort(rows, { ...expected, ...own }, { columns: study.output, where });
  }
}
