/** The comparators that match.py chose; each bears the index date of her case. */
import { patients, study } from "cohortline";
import { historyBefore, outcomesFrom } from "./relative-to.ts";

const matched = "output/comparators.csv";

export default study({
  indexDate: "2020-03-01",
  dummyData: "derived",
  defaultExpectations: {
    date: { earliest: "2020-03-01", latest: "2021-05-31" },
    rate: "uniform",
    incidence: 0.1,
  },

  population: patients.whichExistInFile(matched),

  columns: {
    case_id: patients.withValueFromFile(matched, "case_id", "int"),
    case_date: patients.withValueFromFile(matched, "case_date", "date", {
      dateFormat: "YYYY-MM-DD",
    }),
    ...historyBefore("case_date"),
    ...outcomesFrom("case_date"),
  },
});
