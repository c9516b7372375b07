/**
 * The ethnicity of every patient, once for all months: as general practice recorded it last, and where it did
 * not, as hospitals recorded it most often. Without an index date in its name, the file is no month of its own.
 */
import { codelistFromCsv, patients, study } from "cohortline";

/** The category is the group of the census: 1 White, 2 Mixed, 3 Asian, 4 Black, 5 Other. */
const ethnicityCodes = codelistFromCsv("codelists/ethnicity.csv", {
  system: "ctv3",
  column: "code",
  categoryColumn: "group",
});

const shares = { "1": 0.7, "2": 0.05, "3": 0.15, "4": 0.05, "5": 0.05 } as const;

export default study({
  indexDate: "2020-12-31",
  dummyData: "derived",
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "index_date" } },

  population: patients.all(),

  columns: {
    ethnicity: patients.categorisedAs(
      [
        ["White", "gp_group = '1' OR (gp_group = '' AND hospital_group = '1')"],
        ["Mixed", "gp_group = '2' OR (gp_group = '' AND hospital_group = '2')"],
        ["Asian", "gp_group = '3' OR (gp_group = '' AND hospital_group = '3')"],
        ["Black", "gp_group = '4' OR (gp_group = '' AND hospital_group = '4')"],
        ["Other", "gp_group = '5' OR (gp_group = '' AND hospital_group = '5')"],
        ["Unknown", "DEFAULT"],
      ],
      {
        extraColumns: {
          gp_group: patients.withTheseClinicalEvents(ethnicityCodes, {
            onOrBefore: "index_date",
            returning: "category",
            findLastMatchInPeriod: true,
            returnExpectations: { incidence: 0.7, category: { ratios: shares } },
          }),
          hospital_group: patients.withEthnicityFromSus("group_6", true, {
            returnExpectations: { incidence: 0.5, category: { ratios: shares } },
          }),
        },
      },
    ),
  },
});
