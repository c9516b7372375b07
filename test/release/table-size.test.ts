import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { columnCount, tableSize } from "../../engine/release/table-size.ts";
import { inWorkspace } from "../commands/workspace.ts";

describe("the size of a csv file", () => {
  const cases: readonly (readonly [what: string, text: string, rows: number | null])[] = [
    ["that is empty", "", 0],
    ["with line ends LF", "a,b\n1,2\n3,4\n", 2],
    ["with line ends CR", "a,b\r1,2\r3,4\r", 2],
    ["with line ends CR LF", "a,b\r\n1,2\r\n3,4", 2],
    ["with a byte order mark and blank lines", "\uFEFFa,b\n\n1,2\n\n", 1],
    ["with line ends and commas in quotes", 'a,b\n"1,\n""2\n",3\n', 1],
    ["with quotes inside cells", 'a,b\n5",1\n6,7"\n8,9\n', 3],
    ["with rows of other lengths", "a,b\n1\n2,3,4\n", 2],
    ["with more rows than one piece of it holds", `a,b\n${"1,2\n".repeat(400_000)}`, 400_000],
    ["with a quote that never closes is not known", 'a,b\n"1,2\n3,4\n', null],
  ];
  for (const [what, text, rows] of cases) {
    it(what, async () => {
      await inWorkspace({}, async (folder) => {
        for (const [name, bytes] of [
          ["a.csv", Buffer.from(text)],
          ["a.csv.gz", gzipSync(text)],
        ] as const) {
          const file = join(folder, name);
          writeFileSync(file, bytes);
          const size = rows === null ? null : { rows, columns: text === "" ? 0 : 2 };
          assert.deepEqual(await tableSize(file), size);
          assert.equal(await columnCount(file), text === "" ? 0 : 2);
        }
      });
    });
  }
});
