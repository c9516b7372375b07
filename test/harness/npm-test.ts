/** `npm test`: all tests. With `--`, files or options of Node: `npm test -- test/base/dates.test.ts`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./built-tests.ts";
import { runTests } from "./run-tests.ts";

const words = process.argv.slice(2);
const all = readdirSync(join(root, "test"), { withFileTypes: true })
  .filter((room) => room.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(join(root, "test", name)).map((file) => join("test", name, file)),
  )
  .filter((file) => file.endsWith(".test.ts"));
const isFile = (word: string): boolean => !word.startsWith("-");
process.exitCode = await runTests(words.some(isFile) ? words : [...words, ...all]);
