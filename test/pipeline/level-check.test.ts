/** The limits of the rules of engine/release/README.md, and what is let pass. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  dense,
  ids,
  line,
  numbered,
  patientsOf,
  reason,
  scattered,
  strangers,
} from "./level-reason.ts";
import type { Patient } from "./level-reason.ts";

describe("a list of patients whose numbers leave no gap", () => {
  it("is withheld if it names half of them, evenly", async () => {
    const some = ids(120, dense).filter((_, i) => i % 6 !== 3);
    assert.match((await reason("a.csv", numbered(some), dense)) ?? "", /numbers/);
    assert.equal(await reason("a.csv", numbered(some.slice(0, 99)), dense), null);
  });

  it("may be row numbers, unless there are as many rows as patients", async () => {
    const rows = (count: number) => numbered(ids(count, dense)).replace("key", "");
    assert.equal(await reason("a.csv", rows(179), dense), null);
    assert.match((await reason("a.csv", rows(180), dense)) ?? "", /numbers/);
    assert.match((await reason("a.csv", numbered(ids(179, dense)), dense)) ?? "", /numbers/);
  });

  it("is told from counts, which repeat small numbers", async () => {
    const counts = ids(150, dense).flatMap((id) =>
      Array<string>(Math.ceil(300 / Number(id))).fill(id),
    );
    assert.equal(await reason("a.csv", numbered(counts), dense), null);
  });
});

describe("what is no list of patients is let pass", () => {
  const tables: Readonly<Record<string, readonly [path: string, content: string]>> = {
    "fewer than three numbers": ["a.csv", numbered(ids(2))],
    "more strangers than patients": ["a.csv", numbered([...ids(9), ...strangers(10)])],
    ages: ["a.csv", numbered(Array.from({ length: 90 }, (_, i) => String(i)))],
    years: ["a.csv", numbered(Array.from({ length: 12 }, (_, i) => String(2010 + i)))],
    "counts in steps of ten": [
      "a.csv",
      numbered(Array.from({ length: 60 }, (_, i) => String(i * 10))),
    ],
    "a page with a long script": [
      "a.html",
      `<script>${Array.from({ length: 3_000 }, (_, i) => `f(${i})`).join(";")}</script>`,
    ],
    "an empty table": ["a.csv", ""],
    "a header alone": ["a.csv", "sex,n\n"],
    "an empty list": ["a.json", "[]"],
    "a picture with parted lines": [
      "a.svg",
      `<svg><path d="M ${Array.from({ length: 500 }, (_, i) => `${i}.25`).join(" ")}"/></svg>`,
    ],
  };
  for (const [what, [path, content]] of Object.entries(tables)) {
    it(what, async () => {
      for (const patients of [scattered, dense]) {
        assert.equal(await reason(path, content, patients), null);
      }
    });
  }

  it("whatever is counted, in whatever groups, whether patients' numbers leave gaps or not", async () => {
    const aggregate = fc.record({
      patients: fc.integer({ min: 30, max: 400 }),
      sparse: fc.constantFrom(1, 2, 5, 10, 1_000),
      groups: fc.integer({ min: 1, max: 60 }),
      seed: fc.integer({ min: 1, max: 1_000_000 }),
    });
    await fc.assert(
      fc.asyncProperty(aggregate, async ({ patients: count, sparse, groups, seed }) => {
        const patients = patientsOf(count, sparse, seed);
        const practices = Math.min(groups, Math.ceil(count / 4));
        const table = practiceTable(patientsOf(count, 3, seed + 1), practices);
        assert.equal(await reason("a.csv", table, patients), null);
        const json = JSON.stringify(table.split("\n").map((row) => row.split(",")));
        assert.equal(await reason("a.json", json, patients), null);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

/** Counts and mean ages by practice and sex, with the row numbers that pandas and R write. */
function practiceTable(patients: readonly Patient[], practices: number): string {
  const groups = new Map<string, Patient[]>();
  for (const patient of patients) {
    const key = `${patient.id % practices},${patient.sex}`;
    groups.set(key, [...(groups.get(key) ?? []), patient]);
  }
  const rows = [...groups].map(([key, held], i) => {
    const mean = held.reduce((sum, { age }) => sum + age, 0) / held.length;
    return `${i},${key},${held.length},${mean.toFixed(2)}`;
  });
  return [",practice,sex,n,age", ...rows, ""].join("\n");
}

describe("where patients' numbers are far apart", () => {
  const far = patientsOf(200, 1_000_000);

  it("two are nobody's list, and three are one", async () => {
    assert.equal(await reason("a.csv", numbered(ids(2, far)), far), null);
    assert.match((await reason("a.csv", numbered(ids(3, far)), far)) ?? "", /in the column key/);
  });

  it("half of a column is a list, and a little less is none", async () => {
    const mixed = (others: number) => numbered([...ids(9, far), ...strangers(others, far)]);
    assert.match((await reason("a.csv", mixed(9), far)) ?? "", /in the column key/);
    assert.equal(await reason("a.csv", mixed(10), far), null);
  });

  it("ten among others are found anywhere, and nine are not", async () => {
    const text = (count: number) => [...strangers(50, far), ...ids(count, far)].join("/");
    assert.match((await reason("a.txt", text(10), far)) ?? "", /patients' numbers/);
    assert.equal(await reason("a.txt", text(9), far), null);
  });
});

describe("numbers anywhere in a text", () => {
  const noise = Array.from({ length: 900 }, (_, i) => `f(${strangers(900)[i] ?? ""})`).join(" ");

  it("are patients' where more of them are than chance brings", async () => {
    assert.match((await reason("a.txt", `${noise} ${line(ids(200), "/")}`)) ?? "", /patients'/);
  });

  it("are not where a table numbers its rows, however few numbers there are beside them", async () => {
    for (const rows of [100, 300, 500, 700, 900, 1100, 1300, 1500]) {
      const steps = Array.from({ length: rows }, (_, i) => `${i},${Math.sin(i)}`);
      assert.equal(await reason("a.csv", ["step,estimate", ...steps].join("\n")), null, `${rows}`);
    }
  });

  it("are not where a few are", async () => {
    assert.equal(await reason("a.txt", `${noise} ${line(ids(8), "/")}`), null);
  });
});

describe("a column of patients' values", () => {
  const values = scattered.map(({ age }) => `${age}.5`);
  const table = (cells: readonly string[]): string =>
    ["x,y", ...cells.map((cell, i) => `g${i % 3},${cell}`), ""].join("\n");
  const cohort = scattered.map((each, i) => ({ ...each, age: Number(values[i]) }));

  it("is withheld in any order, with a few odd rows, and not with many", async () => {
    const told = (cells: readonly string[]) => reason("a.csv", table(cells), cohort);
    assert.match((await told(values)) ?? "", /row for each patient/);
    assert.match((await told([...values].reverse())) ?? "", /row for each patient/);
    assert.match((await told([...values, "Total"])) ?? "", /row for each patient/);
    assert.match((await told(values.slice(2))) ?? "", /row for each patient/);
    assert.match((await told([...values.slice(4), "", "", "", ""])) ?? "let pass", /row for each/);
    assert.equal(await told(values.slice(5)), null);
    assert.equal(await told([...values.slice(5), "", "", "", "", ""]), null);
  });

  it("of few values is theirs only where all are alike", async () => {
    const wards = scattered.map(({ sex, age }) => `${sex}${age % 3}`);
    const known = scattered.map((each, i) => ({ ...each, sex: wards[i] ?? "" }));
    const told = (cells: readonly string[]) => reason("a.csv", table(cells), known);
    assert.match((await told(wards)) ?? "let pass", /row for each patient/);
    assert.equal(await told([...wards, "Total"]), null);
  });
});

describe("NHS numbers", () => {
  const numbers = Array.from({ length: 400 }, (_, i) => String(9_000_000_000 + i * 41)).filter(
    (text) => nhsCheck(text.slice(0, 9)) === text[9],
  );

  it("are withheld from four on, in any form, among as many others", async () => {
    const four = numbers.slice(0, 4);
    for (const cells of [four, [...four, "Total"], [...four, ...strangers(4)], four.map(spaced)]) {
      assert.match((await reason("a.csv", numbered(cells))) ?? "let pass", /NHS numbers/);
    }
    assert.match((await reason("a.txt", `Seen: ${four.map(spaced).join(" and ")}.`)) ?? "", /NHS/);
    assert.equal(await reason("a.csv", numbered(numbers.slice(0, 3))), null);
    const others = [1, 2, 3, 4, 5]
      .map((i) => String(Number(numbers[0]) + i))
      .filter((text) => !numbers.includes(text));
    assert.equal(others.length, 5);
    assert.equal(await reason("a.csv", numbered([...four, ...others])), null);
  });
});

const spaced = (text: string): string => text.replace(/^(...)(...)/, "$1 $2-");

function nhsCheck(nine: string): string {
  const sum = Array.from(nine).reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  return String((11 - (sum % 11)) % 11);
}

describe("what nobody can look into", () => {
  it("is withheld, but for pictures", async () => {
    const zip = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(300, 3)]);
    assert.match((await reason("a.csv", zip)) ?? "", /nobody can look into it/);
    assert.match((await reason("a.svgz", gzipSync(zip).subarray(0, 20))) ?? "", /nobody can look/);
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    assert.equal(await reason("a.png", png), null);
  });
});

describe("a reason", () => {
  it("never shows a value where a table has no header", async () => {
    const told = (await reason("a.csv", line(ids(50), "\n"))) ?? "";
    assert.match(told, /^holds patients' numbers$/);
    const ages = scattered.map(({ age, sex }) => `${sex}${age}`);
    assert.doesNotMatch((await reason("a.csv", line(ages, "\n"))) ?? "", /[FM]\d/);
  });
});
