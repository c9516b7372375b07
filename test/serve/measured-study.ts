/** A pipeline whose measures can be released, but for one; of its other outputs none can. */
import { releasableStudy } from "../audit/releasable-study.ts";
import type { Files } from "../commands/workspace.ts";

const of = `numerator: "asthma_midpoint6", denominator: "population"`;
const study = releasableStudy(
  "{ E1: 0.97, E2: 0.03 }",
  `  measure(cohort, { id: "by_sex", ${of}, groupBy: "sex", ...rule }),
  measure(cohort, { id: "by_region", ${of}, groupBy: "region", ...rule }),
  measure(cohort, { id: "plain", ${of}, groupBy: "stp", smallNumberSuppression: true }),`,
);

const cohortsAndMeasures = `version: '3.0'
expectations:
  population_size: 200
actions:
  generate_cohorts:
    run: cohortextractor:latest generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month"
    outputs:
      highly_sensitive:
        cohort: output/input_*.csv
  generate_measures:
    run: cohortextractor:latest generate_measures
    needs: [generate_cohorts]
    outputs:
      moderately_sensitive:
        measures: output/measure_*.csv
`;

/** The same with what can be released alone, and a notebook that is made of it. */
export const notebookStudy: Files = {
  "analysis/study_definition.ts": study.replace(/^.*id: "plain".*\n/m, ""),
  "analysis/notebook.js": notebook("Findings"),
  "project.yaml": `${cohortsAndMeasures}  generate_notebook:
    run: node:v1 node analysis/notebook.js
    needs: [generate_measures]
    outputs:
      moderately_sensitive:
        notebook: output/notebook.html
`,
};

/** Its page has a script, which may not run. */
export function notebook(words: string): string {
  return `const page = "<!doctype html><title>Notebook</title><h1>${words}</h1><script>document.title = 'ran'; fetch('/')</script>";
require("node:fs").writeFileSync("output/notebook.html", page);
`;
}

export const measuredStudy: Files = {
  "analysis/study_definition.ts": study,
  "analysis/others.js": `const fs = require("node:fs");
fs.mkdirSync("other", { recursive: true });
fs.writeFileSync("other/measure_withheld.csv", "patient_id,sex\\n1,F\\n2,M\\n");
fs.writeFileSync("other/notes.txt", "Nothing of patients.");`,
  "project.yaml": `${cohortsAndMeasures}  others:
    run: node:v1 node analysis/others.js
    outputs:
      moderately_sensitive:
        withheld: other/measure_withheld.csv
        notes: other/notes.txt
`,
};
