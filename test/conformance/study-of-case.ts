/** The study that a recorded case describes, through the same doors as an author's. */
import { calendarDayOf } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { checkStudyExpectations } from "../../engine/definition/expectations/expectation-study.ts";
import type { StudyFile } from "../../engine/definition/model.ts";
import { studyFileFromJson } from "../../engine/definition/json/study-json.ts";
import type { Recorded } from "./case.ts";

const NAME = "study_definition";

export function definitionOf(recorded: Recorded, measures: readonly unknown[] = []): StudyFile {
  const { index_date, default_expectations, population, columns, column_order } = recorded;
  const study = { index_date, default_expectations, population, columns, column_order };
  return studyFileFromJson(JSON.parse(JSON.stringify({ study, measures })));
}

/** Throws every problem of the definition. */
export function studyOf(recorded: Recorded): CheckedStudy {
  const checked = checkStudy(NAME, definitionOf(recorded));
  if (!checked.ok) throw new ProblemError(checked.problems);
  return checked.study;
}

/** The same, and every problem that making dummy data would report first. */
export function studyForDummyData(recorded: Recorded): CheckedStudy {
  const study = studyOf(recorded);
  const { problems } = checkStudyExpectations(study);
  if (problems.length > 0) throw new ProblemError(problems);
  return study;
}

/** The recorded cases say "today" where they mean the day of the run. */
export function today(): IsoDate {
  return calendarDayOf(new Date());
}
