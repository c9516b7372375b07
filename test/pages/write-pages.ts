/** `npm run pages`: writes the pages that are made from the code. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedPages } from "./generated-pages.ts";

for (const { path, text } of await generatedPages()) {
  writeFileSync(join(import.meta.dirname, "../..", path), text);
  console.log(`Wrote ${path}.`);
}
