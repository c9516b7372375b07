/** The page of `cohortline audit --html`: what it names, and that no hidden number is in it. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { rangesText } from "../../engine/base/ranges-text.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const HOSTILE = '<img src=x onerror="alert(1)">';

interface Printed {
  /** Null is hidden. */
  readonly regions: readonly (readonly [label: string, ill: number | null])[];
  readonly total: number;
  readonly again?: number;
}

/** Regions of 1,000 people each, and everybody. */
function description({ regions, total, again = total }: Printed): string {
  const people = 1000 * regions.length;
  const rows = regions.map(
    ([label, ill]) =>
      `"${label.replaceAll('"', '""')}",${ill === null ? "" : `${ill}.0`},1000,${ill === null ? "" : ill / 1000},2021-03-01`,
  );
  const of = (id: string, keys: readonly string[]) => ({
    ...{ id, numerator: "ill", denominator: "population", group_by: keys },
    small_number_suppression: true,
  });
  const everybody = (count: number): string =>
    `ill,population,value,date\n${count}.0,${people},${count / people},2021-03-01\n`;
  return JSON.stringify({
    ...{ format: 1, columns: { ill: { kind: "flag" } } },
    releases: [
      {
        ...{ name: "first", study: "s", data: "d" },
        measures: [
          of("by_region", ["region"]),
          of("all", ["population"]),
          of("again", ["population"]),
        ],
        files: {
          "measure_by_region.csv": ["region,ill,population,value,date", ...rows, ""].join("\n"),
          "measure_all.csv": everybody(total),
          "measure_again.csv": everybody(again),
        },
      },
    ],
  });
}

async function pageOf(printed: Printed, ...words: string[]): Promise<string> {
  return inWorkspace({ "all.json": description(printed) }, async (folder) => {
    const asked = ["audit", "--description", "all.json", "--html", "out/audit.html", ...words];
    const { err } = await cohortline(folder, asked);
    assert.equal(err, "");
    return readFileSync(join(folder, "out/audit.html"), "utf8");
  });
}

/** What a reader sees, without hashes. */
const seen = (page: string): string =>
  page
    .slice(page.indexOf("<body>"))
    .replace(/<code[^]*?<\/code>/g, "")
    .replace(/<wbr \/>|<\/?bdi>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

const blank = (label: string) => [label, null] as const;
/** Five blanks share 6. */
const leaking: Printed = {
  regions: [...["b", "c", "d", "e"].map(blank), blank(HOSTILE), ["a", 930]],
  total: 936,
};

describe("the page of an audit", () => {
  it("names what can be worked out and by which figures, and never the number, even if asked to show it", async () => {
    const page = await pageOf(leaking, "--show-values");
    const text = seen(page);
    assert.match(text, /Not releasable: of 5 numbers .*, 5 can be worked out\./);
    assert.match(text, /first\/measure_by_region\.csv 2021-03-01 5 – – –/);
    assert.match(
      text,
      /ill, 2021-03-01, by region: fewer than 3 values are possible Each of 5: .*, b, c, d, e\./,
    );
    assert.match(
      text,
      /1 first\/measure_by_region\.csv ill shown in row 6 can be worked out: rows 1 to 5 2 first\/measure_\w+\.csv ill shown in row 1 /,
    );
    assert.match(text, /measure_by_region\.csv 5 leaks measure_all\.csv –/);
    // 1 and 2 are rows, and ends of what counts as small.
    assert.doesNotMatch(text, /936|930|what is left|\b6\.0|1 or 2|: [12]\b/);
  });

  it("asks for nothing, runs nothing, and shows markup in a label as text", async () => {
    const page = await pageOf(leaking);
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    assert.match(page, /<bdi>&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;<\/bdi>/);
    assert.doesNotMatch(page, /<script|<img|https?:/);
  });

  it("says in a word what is safe, and what contradicts itself", async () => {
    const safe: Printed = { regions: [blank("a"), blank("b"), ["c", 500]], total: 514 };
    const good = seen(await pageOf(safe));
    assert.match(
      good,
      /Releasable: of 2 numbers that are or may be small, none can be worked out\./,
    );
    assert.match(good, / measure_by_region\.csv safe measure_all\.csv – /);
    assert.doesNotMatch(good, /What can be worked out|Undecided|Where/);
    const odd = seen(await pageOf({ ...safe, again: 513 }));
    assert.match(odd, /Not releasable: 2 tables cannot all be true\./);
    assert.match(odd, /first\/measure_all\.csv 2021-03-01 first\/measure_again\.csv 2021-03-01/);
    assert.doesNotMatch(odd, /possible values or more|csv safe/);
  });

  it("says of each number that nobody decided that it is undecided", async () => {
    const crossed: Printed = { regions: [blank("a"), blank("b"), ["c", 500]], total: 514 };
    const files = {
      "all.json": description(crossed),
      "policy.json": '{"small": 5, "minValues": 40}',
    };
    await inWorkspace(files, async (folder) => {
      const words = ["audit", "--description", "all.json", "--policy", "policy.json"];
      const { code } = await cohortline(folder, [...words, "--html", "a.html"]);
      assert.equal(code, 1);
      assert.match(seen(readFileSync(join(folder, "a.html"), "utf8")), /fewer than 40 values/);
      const none = [...words.slice(0, 3), "--budget", "0", "--certificate", "c.json"];
      const open = await cohortline(folder, [...none, "--html", "b.html"]);
      assert.equal(open.code, 1);
      assert.match(open.out, /undecided: ill, region a, 2021-03-01\n/);
      assert.match(
        open.out,
        /2 are undecided within 0 steps .*--budget 5000 .*\n.*\nNot releasable\./,
      );
      assert.match(seen(readFileSync(join(folder, "b.html"), "utf8")), /2 are undecided/);
      assert.equal(existsSync(join(folder, "c.json")), false);
    });
  });

  it("says that it cannot be written where no folder can be made, and ends", async () => {
    await inWorkspace({ "all.json": description(leaking) }, async (folder) => {
      for (const place of ["/proc/none/a.html", "/proc/none/deeper/a.html", "all.json/a.html"]) {
        const words = ["audit", "--description", "all.json", "--html", place];
        assert.match((await cohortline(folder, words)).err, /Cannot write|is a file|not a folder/);
      }
    });
  });

  it("says rows as ranges", () => {
    assert.equal(rangesText([3, 1, 2, 7, 9, 8, 12]), "1 to 3, 7 to 9, 12");
    assert.equal(rangesText([4, 4]), "4");
  });
});
