/** `cohortline audit --description`: what it says of published tables, and what its checker refuses. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { audit } from "../../engine/audit/audit.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const measure = (id: string, keys: readonly string[]) => ({
  ...{ id, numerator: "ill", denominator: "population", group_by: keys },
  small_number_suppression: true,
});

/** Rows of one measure by region, and one of everybody. */
function release(rows: readonly string[], total: number): unknown {
  const header = "region,ill,population,value,date";
  const people = 1000 * rows.length;
  return {
    ...{ format: 1, columns: { ill: { kind: "flag" } } },
    releases: [
      {
        ...{ name: "first", study: "s", data: "d" },
        measures: [measure("by_region", ["region"]), measure("all", ["population"])],
        files: {
          "measure_by_region.csv": [header, ...rows, ""].join("\n"),
          "measure_all.csv": `ill,population,value,date\n${total}.0,${people},${total / people},2021-03-01\n`,
        },
      },
    ],
  };
}

const blank = (name: string): string => `${name},,1000,,2021-03-01`;
const shown = (name: string, ill: number): string =>
  `${name},${ill}.0,1000,${ill / 1000},2021-03-01`;

/** Six blanks share 6: each is one patient. */
const leaking = release(["a", "b", "c", "d", "e", "f"].map(blank).concat(shown("g", 30)), 36);
/** Two blanks share 14. */
const safe = release([blank("a"), blank("b"), shown("c", 30), shown("d", 40), shown("e", 50)], 134);

const read = (given: unknown) => readDescription(JSON.stringify(given), "release.json");

async function audited(given: unknown, ...words: string[]) {
  const files = { "release.json": typeof given === "string" ? given : JSON.stringify(given) };
  return inWorkspace(files, (folder) =>
    cohortline(folder, ["audit", "--description", "release.json", ...words]),
  );
}

describe("cohortline audit", () => {
  it("releases what hides enough, with exit code 0", async () => {
    const { code, out } = await audited(safe);
    assert.equal(code, 0, out);
    assert.match(
      out,
      /0 can be worked out[^]*2 have 3 possible values or more[^]*\nReleasable\.\n$/,
    );
  });

  it("names what can be worked out, without its value unless asked, with exit code 1", async () => {
    const told = await audited({ ...(leaking as object), policy: { attacker: "sums" } });
    assert.equal(told.code, 0, "nobody can who only adds up");
    assert.equal((await audited(leaking)).code, 1, "who knows the rules can");
    const { code, out } = await audited(contradicting(false));
    assert.equal(code, 1, out);
    assert.match(
      out,
      /1 can be worked out \(1 exactly\)[^]*\n {2}ill by region, 2021-03-01: 1 number \(b\)\n/,
    );
    const shows = await audited(contradicting(false), "--show-values");
    assert.match(shows.out, /\n {2}ill, region b, 2021-03-01: 4\n/);
  });

  it("proves what can be worked out from the fewest tables, by the weakest who can", async () => {
    interface Told {
      readonly cells: readonly { unsafe: boolean; attacker?: string; proof?: string }[];
      readonly proofs: Record<
        string,
        { kind: string; figures: string[]; steps: { says: string }[] }
      >;
    }
    const told = async (given: unknown): Promise<Told> =>
      JSON.parse((await audited(given, "--json")).out) as Told;
    const of = (given: Told) =>
      given.cells
        .filter(({ unsafe }) => unsafe)
        .map(({ attacker, proof = "" }) => ({ attacker, proof, ...given.proofs[proof] }));
    // Six blanks share six: it takes who knows that each is at least 1.
    const [first, ...others] = of(await told(leaking));
    assert.equal(others.length, 5);
    assert.deepEqual(new Set(others.map(({ proof }) => proof)), new Set([first?.proof]));
    assert.equal(first?.attacker, "rules");
    assert.equal(first.kind, "sum");
    assert.deepEqual(
      first.steps?.map(({ says }) => says),
      [
        "measure_by_region.csv, 2021-03-01: ill adds up to 30 in the 1 row that shows it; 6 are hidden",
        "measure_all.csv, 2021-03-01: ill is 36",
        "With their sums, what is left is 1",
      ],
    );
    // What one file hides the other shows; the total is not needed.
    const [other] = of(await told(contradicting(false)));
    assert.equal(other?.attacker, "sums");
    assert.ok(other.figures?.every((figure) => !figure.includes("measure_all")));
    const { out } = await audited(leaking);
    const files = String.raw`first/measure_by_region\.csv and first/measure_all\.csv`;
    assert.match(
      out,
      new RegExp(
        `2021-03-01: 6 numbers \\(a, b, c and 3 more\\)\n {4}for whoever knows [^\n]*, from ${files}\n`,
      ),
    );
  });

  it("says of small numbers that nothing hides that they can be read, each column of a file once", async () => {
    const rows = (date: string): string[] =>
      ["a", "b", "c", "d", "e"].map(
        (name, at) => `${name},${at + 1}.0,1000,${(at + 1) / 1000},${date}`,
      );
    const file = [
      "region,ill,population,value,date",
      ...rows("2021-03-01"),
      ...rows("2021-04-01"),
      "",
    ];
    const by = { ...measure("by_region", ["region"]), small_number_suppression: false };
    const files = { "measure_by_region.csv": file.join("\n") };
    const own = { name: "first", study: "s", data: "d", measures: [by], files };
    const open = { ...(leaking as object), releases: [own] };
    const { code, out } = await audited(open);
    assert.equal(code, 1, out);
    assert.match(
      out,
      /10 can be worked out \(10 exactly\)\.\n {2}ill by region, 2 dates from 2021-03-01 on: 10 numbers \(a, b, c and 2 more\)\n {4}shown as they are in first\/measure_by_region\.csv\n0 have/,
    );
    const { proofs } = JSON.parse((await audited(open, "--json")).out) as {
      proofs: Record<string, { kind: string; figures: string[] }>;
    };
    assert.deepEqual(
      Object.values(proofs).map(({ kind, figures }) => [kind, figures.length]),
      [
        ["shown", 5],
        ["shown", 5],
      ],
    );
  });

  it("calls nothing safe where tables contradict each other", async () => {
    const { code, out } = await audited(contradicting(true), "--json");
    assert.equal(code, 1);
    const result = JSON.parse(out) as { contradiction: { tables: string[] }; cells: unknown[] };
    assert.equal(result.contradiction.tables.length, 2);
    assert.deepEqual(result.cells, []);
  });

  it("finds the fewest tables that disagree, two that print one number differently among them", async () => {
    const told = async (given: unknown): Promise<readonly string[]> => {
      const { code, out } = await audited(given, "--json");
      assert.equal(code, 1, out);
      const { contradiction } = JSON.parse(out) as { contradiction: { tables: string[] } | null };
      return contradiction?.tables.map((each) => each.replace(/ .*/, "")) ?? [];
    };
    const everybody = (count: number): string =>
      `ill,population,value,date\n${count}.0,3000,${count / 3000},2021-03-01\n`;
    const totals = {
      ...{ format: 1, columns: { ill: { kind: "flag" } } },
      releases: [
        {
          ...{ name: "first", study: "s", data: "d" },
          measures: [measure("all", ["population"]), measure("again", ["population"])],
          files: { "measure_all.csv": everybody(514), "measure_again.csv": everybody(513) },
        },
      ],
    };
    const two = ["first/measure_all.csv", "first/measure_again.csv"];
    assert.deepEqual(await told(totals), two);
    const [only] = totals.releases;
    const rows = ["region,ill,population,value,date", blank("a"), blank("b"), shown("c", 500), ""];
    only?.measures.unshift(measure("by_region", ["region"]));
    const files = { ...only?.files, "measure_by_region.csv": rows.join("\n") };
    assert.deepEqual(await told({ ...totals, releases: [{ ...only, files }] }), two);
    // Three regions have more than all do, whatever is hidden.
    const more = release([shown("a", 60), shown("b", 40), shown("c", 30)], 120);
    assert.deepEqual(await told(more), ["first/measure_by_region.csv", "first/measure_all.csv"]);
  });

  it("leaves everything undecided without a budget, and is then not releasable", () => {
    const result = audit(read(safe), 0);
    assert.equal(result.releasable, false);
    assert.deepEqual([...new Set(result.cells.map(({ verdict }) => verdict))], ["undecided"]);
  });
});

/** One row is hidden in the second file only. */
function contradicting(isSo: boolean): unknown {
  const given = release([shown("a", 60), blank("b"), blank("c")], 114) as {
    releases: { measures: object[]; files: Record<string, string> }[];
  };
  const [first] = given.releases;
  first?.measures.push({ ...measure("again", ["region"]), small_number_suppression: false });
  const rows = [shown("a", isSo ? 61 : 60), shown("b", 4), shown("c", 50)];
  if (first !== undefined)
    first.files["measure_again.csv"] = ["region,ill,population,value,date", ...rows, ""].join("\n");
  if (first !== undefined)
    first.files["measure_all.csv"] = "ill,population,value,date\n114.0,3000,0.038,2021-03-01\n";
  return given;
}
