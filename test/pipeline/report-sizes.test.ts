import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { comparisonSection } from "../../engine/pipeline/report/comparison-section.ts";
import { bytesText, rowsText } from "../../engine/pipeline/report/shown-size.ts";

describe("sizes in a run's report", () => {
  it("are exact of files that may be seen, and rough of files that may not", () => {
    assert.deepEqual([rowsText(1234, false), bytesText(71_401, false)], ["1,234", "71,401"]);
    assert.deepEqual([rowsText(50, true), rowsText(2, true), rowsText(0, true)], ["51", "3", "0"]);
    assert.deepEqual(
      [7, 99, 111, 71_401, 99_999].map((bytes) => bytesText(bytes, true)),
      ["7", "99", "110", "71,000", "100,000"],
    );
    assert.equal(rowsText(null, true), "-");
  });

  it("are as rough where two runs are compared", () => {
    const compared = {
      ...{ number: 1, id: "run", created: "2020-01-01T00:00:00.000Z", commits: null, engine: null },
      ...{ definitions: [], codelists: [], code: [] },
      rows: [
        { path: "output/input.csv", before: 49, after: 50, isKept: true },
        { path: "output/measure_x.csv", before: 49, after: 50, isKept: false },
      ],
    };
    const page = comparisonSection({ previous: compared, previousSuccessful: null }).join("\n");
    const cells = [...page.matchAll(/<td class="n">([^<]*)<\/td>/g)].map(([, text]) => text);
    assert.deepEqual(cells, ["51", "51", "49", "50"]);
  });
});
