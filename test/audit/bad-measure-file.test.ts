/** Measure files that are not as anybody wrote them: which problem, which row and column, and never a cell of them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  auditGiven,
  date,
  ofAnotherProgram,
  rows,
  total,
  twoFiles,
} from "./two-files-described.ts";

/** Texts, the code of the problem, and what its message says of each. */
type Bad = readonly (readonly [texts: readonly string[], code: string, says: string])[];

const noCounts = [
  ...["-777.0", "777.5", "7.77e2", "1e3", "+777.0", " 777.0", "0777.0", "NaN", "NA", "inf", "-0.0"],
  ...["99999999999999999999", "5000000000", "[REDACTED]", "<777", '"7,770"', "7x7"],
];
const noValues = ["abc", "77.7%", "-0.777", "inf", "NaN", "-", '"0,777"', "1/2", "7.7e", "0.7.7"];
const noDates = ["2021-02-30", "01/03/2021", "2021-03-01T00:00:00", "44256", ""];

const put = (from: string, texts: readonly string[]): readonly string[] =>
  texts.map((text) => rows.replace(from, text));

const COUNT = "not a whole number from 0 to 1,000,000,000 in digits, or blank where it is hidden";
const PRINTED = "not printed as cohortline prints the numbers of a column";

const ours: Bad = [
  [put("777.0", noCounts), "audit-file-cell", `, row 3, column "ill": ${COUNT}`],
  [put("777.0", ["*"]), "audit-file-cell", `, row 3, column "ill": ${COUNT}`],
  [
    put("777.0,1000", ['777.0,"1,000"']),
    "audit-file-cell",
    `, row 3, column "population": ${COUNT}`,
  ],
  // As spreadsheets save what they read.
  [put("777.0", ["777", "777.00"]), "audit-file-cell", `, row 3, column "ill": ${PRINTED}`],
  [
    put("777.0,1000", ["777.0,1000.0"]),
    "audit-file-cell",
    `, row 3, column "population": ${PRINTED}`,
  ],
  [
    put("0.777", [...noValues, "*"]),
    "audit-file-cell",
    ', row 3, column "value": not a ratio, or blank',
  ],
  [
    noDates.map((day) => rows.replace(`0.777,${date}`, `0.777,${day}`)),
    "audit-file-cell",
    ', row 3, column "date": not a date, YYYY-MM-DD',
  ],
  [
    put("777.0,1000", ["777.0,1,000"]),
    "audit-file-row",
    ", row 3: 6 cells, where the header has 5",
  ],
  [put(`,1000,0.777,${date}`, [""]), "audit-file-row", ", row 3: 2 cells, where the header has 5"],
  [put("b,,", ["a,,"]), "audit-row-twice", ", row 2: the groups and the date are those of row 1"],
  [put("b,,", ['"b,,', '"b"b,,']), "audit-file-quotes", ", line 3: a quoted cell does not end"],
  [
    [
      ...["", rows.replaceAll(",", ";"), rows.replaceAll(",", "\t")],
      ...[rows.replaceAll(/^(?=.)/gm, "0,"), rows.replace("region,", "area,")],
      rows.replace("ill,population", "population,ill"),
    ],
    "audit-file-columns",
    " does not have the columns of its measure",
  ],
];

const stars = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => text.replaceAll(",,1000,,", ",*,1000,*,"));

const theirs: Bad = [
  [
    stars(put("777.0", [...noCounts, ""])),
    "audit-file-cell",
    `, row 3, column "ill": ${COUNT.replace("blank", "[*]")}`,
  ],
  [
    stars(put("0.777", noValues)),
    "audit-file-cell",
    ', row 3, column "value": not a ratio, or blank',
  ],
];

async function refuses(bad: Bad, given: typeof twoFiles): Promise<void> {
  for (const [texts, code, says] of bad)
    for (const text of texts) {
      const changed = given();
      changed.releases[0].files["measure_by_region.csv"] = text;
      const { code: exit, out, err } = await auditGiven(changed);
      const where = `File "measure_by_region.csv" of release "first"`;
      assert.match(err, new RegExp(`^${where}${says}.* \\[${code}\\]\n`), text);
      assert.deepEqual([exit, out], [1, ""], text);
      assert.doesNotMatch(err, /77|7x7|REDACTED|44256/, text);
    }
}

describe("a measure's file in a description", () => {
  it("is refused by row and column where a cell is no number of patients, no ratio or no date", () =>
    refuses(ours, twoFiles));

  it("is refused so as well where another program made it", () =>
    refuses(theirs, ofAnotherProgram));

  it("is the same however its cells are written down: with a byte order mark, other line ends, quotes", async () => {
    const quoted = (text: string): string => text.replaceAll(/[^,\n]+/g, '"$&"');
    const ways = [
      (text: string) => `\uFEFF${text}`,
      (text: string) => text.replaceAll("\n", "\r\n"),
      (text: string) => text.replaceAll("\n", "\r"),
      (text: string) => text.trimEnd(),
      (text: string) => text.replaceAll("\n", "\n\n"),
      quoted,
    ];
    for (const make of [twoFiles, ofAnotherProgram]) {
      const told = async (change: (text: string) => string): Promise<unknown> => {
        const given = make();
        const { files } = given.releases[0];
        for (const [name, text] of Object.entries(files)) files[name] = change(text);
        const { out } = await auditGiven(given, "--json");
        const { cells, releasable } = JSON.parse(out) as Record<string, unknown>;
        return { cells, releasable };
      };
      const plain = await told((text) => text);
      assert.equal((plain as { releasable: boolean }).releasable, true);
      for (const way of ways) assert.deepEqual(await told(way), plain, String(way));
    }
    assert.match(quoted(total), /^"ill","population"/);
  });

  it("says nothing where it has no rows, and then the audit names it", async () => {
    const given = twoFiles();
    given.releases[0].files["measure_by_region.csv"] = "region,ill,population,value,date\n";
    const { code, out } = await auditGiven(given);
    assert.equal(code, 0, out);
    assert.match(out, /Not in the model:\n {2}first\/measure_by_region.csv has no rows\n/);
  });
});
