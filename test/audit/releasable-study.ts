/** A study whose measures can be released, rounded and with small numbers hidden by `rule`. */

/** `stp` is how many of the patients each has, as it stands in the study; `measures` are what it exports. */
export function releasableStudy(stp: string, measures: string): string {
  return `
import { codelist, measure, patients, study } from "cohortline";
const asthma = codelist(["195967001"], "snomed");
const universal = { rate: "universal" } as const;
const ratios = (category: Record<string, number>) => ({ returnExpectations: { ...universal, category: { ratios: category } } });
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "2020-12-31" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    sex: patients.sex(ratios({ F: 0.5, M: 0.5 })),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", ratios({ North: 0.5, South: 0.5 })),
    stp: patients.registeredPracticeAsOf("index_date", "stp_code", ratios(${stp})),
    asthma_midpoint6: patients.withTheseClinicalEvents(asthma, { onOrBefore: "index_date" }),
  },
});
export default cohort;
const rule = { rounding: "midpoint6", smallNumberSuppression: { threshold: 7 } } as const;
export const measures = [
${measures}
];
`;
}
