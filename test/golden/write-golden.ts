/** `npm run golden`: what is printed now is what is agreed on from here; the difference is for a person to read. */
import { writeFileSync } from "node:fs";
import { goldens, planFile, planText, sqlFile, sqlText } from "./golden-plans.ts";

for (const golden of goldens) {
  writeFileSync(planFile(golden), await planText(golden));
  writeFileSync(sqlFile(golden), await sqlText(golden));
}
console.log(
  `Wrote ${2 * goldens.length} files in test/golden. Read the difference before you commit it.`,
);
