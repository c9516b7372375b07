/** A study with a highly sensitive file, a table and a page that researchers may see, and one that is withheld. */
import { programs } from "../pipeline/study-in.ts";
import type { Files } from "../commands/workspace.ts";

/** Stands in the highly sensitive file, and must stand nowhere else. */
export const SECRET = "MarkOfOnePatient77";

export const secretStudy: Files = programs({
  secret: {
    script: `fs.mkdirSync("output", { recursive: true });
fs.writeFileSync("output/input_2020-01-01.csv", "patient_id,name\\n1,${SECRET}\\n");
console.log("printed ${SECRET}");`,
    high: "output/input_2020-01-01.csv",
  },
  table: {
    script: `fs.mkdirSync("output", { recursive: true });
fs.writeFileSync("output/table.csv", "area,people\\n<i>north</i>,120\\nsouth,[REDACTED]\\nwest,90\\n");
console.log("made a table");`,
    moderate: "output/table.csv",
  },
  look: {
    script: `fs.mkdirSync("output", { recursive: true });
fs.writeFileSync("output/look.html", "<h1>A page</h1><script>parent.location='/gone'</script>");`,
    moderate: "output/look.html",
  },
  leak: {
    script: `fs.mkdirSync("output", { recursive: true });
fs.writeFileSync("output/leak.csv", "patient_id,name\\n1,${SECRET}\\n2,other\\n");`,
    moderate: "output/leak.csv",
  },
});
