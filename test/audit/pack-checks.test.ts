/** What a release is checked for, number by number. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { publishedMeasure } from "../../engine/audit/describe/our-measure.ts";
import { publishedTables } from "../../engine/audit/describe/published-table.ts";
import { tableRows } from "../house/markdown.ts";
import { page, sectionNamed } from "../pages/pages.ts";
import { packChecks } from "../../engine/commands/releases/pack-checks.ts";

/** Rows of `region,ill,population,value`. */
function checked(
  rows: readonly string[],
  more: { bytes?: number; file?: string; isTold?: boolean; rounding?: null } = {},
) {
  const file = more.file ?? "measure_m.csv";
  const spec = {
    ...{ id: "m", numerator: "ill", denominator: "population", group_by: ["region"] },
    small_number_suppression: true,
    ...(more.rounding === null ? {} : { rounding: { to: 5 } }),
  };
  const lines = ["region,ill,population,value,date", ...rows.map((row) => `${row},2020-01-01`), ""];
  const measures = [publishedMeasure(spec, file, null)];
  const release = {
    name: "r",
    study: "s",
    data: "d",
    measures,
    files: { [file]: lines.join("\n") },
  };
  const toRelease = {
    file,
    bytes: more.bytes ?? 100,
    areas: [],
    leftOut: [],
    untold: more.isTold === false ? null : [],
  };
  const tables = publishedTables(release);
  const { lines: found, warnings } = packChecks([{ ...toRelease, tables }], 5);
  return { refused: found.flatMap(({ refused }) => refused), warnings };
}

const says = (found: readonly { readonly says: string }[]): string =>
  found.map((each) => each.says).join("; ");

describe("the checks of a release", () => {
  for (const [rows, refused] of [
    [["a,10.0,100,0.1", "b,,200,", "c,0.0,300,0.0"], ""],
    [["a,9.0,99,0.09090909090909091", "b,3.0,27,0.1111111111111111"], ""],
    [
      ["a,10.0,100,0.1", "b,15.0,201,0.07462686567164178"],
      "column population is not rounded: neither to 5 nor to the middle of six",
    ],
    [["a,5.0,100,0.05"], "column ill shows a number below 8"],
    [["a,10.0,100,0.10000001"], "row 1: value is not the ratio of the numbers shown beside it"],
    [["a,,100,0.1"], "row 1: value is not the ratio of the numbers shown beside it"],
    [["a,0.0,3,0.0"], "row 1: a ratio of fewer than 5 people"],
  ] as const)
    it(`${refused === "" ? "lets pass" : "refuses"} ${rows.join(" | ")}`, () => {
      assert.equal(says(checked(rows).refused), refused);
    });

  it("refuses numbers that look rounded where their measure is not", () => {
    const { refused } = checked(["a,10.0,100,0.1"], { rounding: null });
    assert.match(
      says(refused),
      /^column ill looks rounded by chance: its measure is not; column pop/,
    );
    assert.equal(says(checked(["a,0.0,0,"], { rounding: null }).refused), "");
  });

  it("refuses labels that are codes of practices and small areas, whatever the study says of their column", () => {
    for (const code of ["E54000005", "E01012345", "W06000001", "A81001"]) {
      const { refused } = checked([`${code},10.0,100,0.1`]);
      assert.equal(
        says(refused),
        "column region names practices or areas smaller than a region",
        code,
      );
    }
    for (const label of ["E12000001", "E92000001", "E1", "A8100", "F32", "London"])
      assert.equal(says(checked([`${label},10.0,100,0.1`]).refused), "", label);
  });

  it("refuses files that checkers do not take", () => {
    const many = Array.from({ length: 5001 }, (_, at) => `r${at},10.0,100,0.1`);
    assert.equal(says(checked(many).refused), "has more than 5000 rows");
    assert.equal(says(checked(many.slice(1)).refused), "");
    const [row = ""] = many;
    assert.equal(says(checked([row], { bytes: 2 ** 24 + 1 }).refused), "is larger than 16 MiB");
    assert.match(says(checked([row], { file: "measure_m.feather" }).refused), /is not csv/);
  });

  it("refuses columns of which nothing says what they mean", () => {
    const { refused } = checked(["a,10.0,100,0.1"], { isTold: false });
    assert.match(says(refused), /^nothing says what its columns mean/);
  });

  it("tells of groups of which nobody or everybody is counted", () => {
    const { warnings } = checked(["a,0.0,100,0.0", "b,10.0,100,0.1", "c,100.0,100,1.0"]);
    assert.equal(says(warnings), "0 % or 100 % in rows 1, 3");
  });

  it("are explained on the page for people who check outputs in the words that they have", () => {
    const folder = join(import.meta.dirname, "../../engine/commands/releases");
    const code = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("");
    const about = sectionNamed(page("engine/audit/README.md"), "What a warning asks of you");
    const named = tableRows(about.text).flatMap(([said = ""]) =>
      Array.from(said.matchAll(/`([^`]+)`/g), ([, words = ""]) => words),
    );
    assert.ok(named.length > 8);
    for (const words of named) assert.ok(code.includes(words), words);
  });
});
