/** `npm run golden`: what comes out now is what is agreed on from here; the difference is for a person to read. */
import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goldens, kinds, planFile, planText, sqlFile, sqlText } from "./golden-plans.ts";
import { pageFile, pageTexts } from "./golden-pages.ts";
import { comparatorsFile, goldenResults, resultFile, resultText } from "./golden-results.ts";

for (const golden of goldens) {
  writeFileSync(planFile(golden), await planText(golden));
  for (const kind of kinds) writeFileSync(sqlFile(golden, kind), await sqlText(golden, kind));
}
for (const result of goldenResults) {
  const match = (folder: string): void => {
    execFileSync("python3", ["analysis/match.py"], { cwd: folder, stdio: "inherit" });
    copyFileSync(join(folder, "output/comparators.csv"), comparatorsFile(result));
  };
  writeFileSync(resultFile(result), await resultText(result, match));
}
for (const [name, text] of await pageTexts()) writeFileSync(pageFile(name), text);
console.log("Wrote the files of test/golden anew. Read the difference before you commit it.");
