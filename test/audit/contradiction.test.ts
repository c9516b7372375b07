/** Files that cannot all be true: which figures of them disagree, and how an output checker reads it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { AuditResult } from "../../engine/audit/audit-result.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { auditGiven, rows, total, twoFiles } from "./two-files-described.ts";
import type { Given } from "./two-files-described.ts";

type Change = (given: Given) => void;

const put =
  (from: string, to: string): Change =>
  ({ releases: [{ files }] }) =>
    void (files["measure_by_region.csv"] = rows.replace(from, to));

const all =
  (to: string): Change =>
  ({ releases: [{ files }] }) =>
    void (files["measure_all.csv"] = total.replace("783,3000,0.261", to));

const known =
  (one: object): Change =>
  (given) =>
    void (given["known"] = [{ quantity: "ill", date: "2021-03-01", groups: {}, ...one }]);

/** One more file of the same groups, of which the third row is another number, and nothing is hidden. */
const again: Change = ({ releases: [{ measures, files }] }) => {
  (measures as object[]).push({ ...measures[0], id: "again", small_number_suppression: false });
  const shown = ["a,2,1000,0.002", "b,3,1000,0.003", "c,778,1000,0.778"];
  files["measure_again.csv"] = [
    rows.split("\n")[0],
    ...shown.map((row) => `${row},2021-03-01`),
    "",
  ].join("\n");
};

const region = "first/measure_by_region.csv";
const whole = "first/measure_all.csv";

/** What was edited, the figures that disagree, and what is said of them. */
const edited: readonly (readonly [change: Change, figures: readonly string[], says: string])[] = [
  [
    put("777.0,1000,0.777", "1777.0,1000,1.777"),
    [`${region}:3:ill`, `${region}:3:population`],
    `${region}, row 3, column ill says more than ${region}, row 3, column population`,
  ],
  [
    put("777.0,1000,0.777", "3.0,1000,0.003"),
    [`${region}:3:ill`],
    `${region}, row 3, column ill cannot have been printed by the rules of its measure`,
  ],
  [
    put("0.777", "0.778"),
    // No whole number of patients gives such a ratio.
    [`${region}:3:ill`, `${region}:3:value`],
    `These cannot stand together: ${region}, row 3, column ill; ${region}, row 3, column value`,
  ],
  [
    all("700,3000,0.23333333333333334"),
    [`${region}:3:ill`, `${whole}:1:ill`],
    `${region}, row 3, column ill says more than ${whole}, row 1, column ill`,
  ],
  [
    put("777.0,1000,0.777", "777.0,900,0.8633333333333333"),
    [1, 2, 3].map((row) => `${region}:${row}:population`).concat(`${whole}:1:population`),
    `${whole}, row 1, column population says more than ${region}, rows 1 to 3, column population together`,
  ],
  [
    put("777.0,1000,0.777", "777.0,1100,0.7063636363636364"),
    [1, 2, 3].map((row) => `${region}:${row}:population`).concat(`${whole}:1:population`),
    `${region}, rows 1 to 3, column population together say more than ${whole}, row 1, column population`,
  ],
  [
    again,
    [`${region}:3:ill`, "first/measure_again.csv:3:ill"],
    `${region}, row 3, column ill and first/measure_again.csv, row 3, column ill print one number differently`,
  ],
  // Two blanks of at least one, and one number fewer than these.
  [
    all("778,3000,0.25933333333333336"),
    [1, 2, 3].map((row) => `${region}:${row}:ill`).concat(`${whole}:1:ill`),
    `These cannot stand together: ${region}, rows 1 to 3, column ill; ${whole}, row 1, column ill`,
  ],
  [
    known({ groups: { region: "c" }, value: 700 }),
    [`${region}:3:ill`],
    `${region}, row 3, column ill cannot stand beside the numbers that are known`,
  ],
];

describe("files that contradict each other", () => {
  it("are named with the figures that disagree, in words and without a number of them", async () => {
    for (const [change, figures, says] of edited) {
      const given = twoFiles();
      change(given);
      const { code, out } = await auditGiven(given, "--json");
      const { contradiction, cells } = JSON.parse(out) as AuditResult;
      assert.deepEqual([code, cells], [1, []], says);
      assert.deepEqual(contradiction?.figures, figures, says);
      assert.equal(contradiction.says, says);
      const files = new Set(figures.map((figure) => figure.replace(/:.*/, "")));
      assert.deepEqual(
        contradiction.tables,
        [...files].map((file) => `${file} 2021-03-01`),
      );
      const lines = await auditGiven(given);
      assert.ok(lines.out.includes(`\n${says}.\n`), lines.out);
      assert.doesNotMatch(lines.out, /77[78]|900|1100|\b700\b|3000/, lines.out);
    }
  });

  it("say so on the page", async () => {
    const given = twoFiles();
    all("700,3000,0.23333333333333334")(given);
    await inWorkspace({ "given.json": JSON.stringify(given) }, async (folder) => {
      await cohortline(folder, ["audit", "--description", "given.json", "--html", "page.html"]);
      const page = readFileSync(join(folder, "page.html"), "utf8");
      assert.match(
        page,
        /row 3, column ill says more than first\/measure_all.csv, row 1, column ill\./,
      );
      assert.doesNotMatch(page, /777|\b700\b/);
    });
  });
});
