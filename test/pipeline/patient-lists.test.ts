/** In which forms a list of patients is found: the rules of pipeline/checks/README.md. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { ids, line, numbered, patientsOf, reason, strangers } from "./level-reason.ts";
import { smallStudy } from "../commands/workspace.ts";
import { inStudy } from "./study-in.ts";

const wide = (digit: string): string => String.fromCodePoint(0xff10 + Number(digit));

/** Most of the text has no byte 0 in UTF-16, so that only its first mark tells what it is. */
const amongLetters = (cells: readonly string[]): string =>
  numbered(cells).replaceAll("\n", ",пациент-и-его-номер\n");

const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("a list of patients is withheld", () => {
  const all = ids(200);
  const sixteen = (text: string): Buffer => Buffer.from(text, "utf16le");
  const forms: Readonly<Record<string, readonly [path: string, content: string | Buffer]>> = {
    "as it is": ["a.csv", numbered(all)],
    "with a total": ["a.csv", numbered([...all, "Total"])],
    "with a total in the column of numbers": ["a.csv", numbered([...all, "99999"])],
    "with blank cells": ["a.csv", numbered([...all, "", "", ""])],
    "with one patient twice": ["a.csv", numbered([...all, all[0] ?? ""])],
    "with many rows for each patient": ["a.csv", numbered([...all, ...all, ...all])],
    "with numbers as pandas joins them": ["a.csv", numbered(all.map((id) => `${id}.0`))],
    "with leading zeros": ["a.csv", numbered(all.map((id) => id.padStart(8, "0")))],
    "with a letter before them": ["a.csv", numbered(all.map((id) => `P${id}`))],
    "with words around them": ["a.csv", numbered(all.map((id) => `patient ${id} (seen)`))],
    "with half as many strangers": ["a.csv", numbered([...all, ...strangers(199)])],
    "with as many strangers": ["a.csv", numbered([...ids(9), ...strangers(9)])],
    "with wide digits": ["a.csv", numbered(all.map((id) => id.replace(/\d/g, wide)))],
    "in quotes, with an odd one": ["a.csv", `key,n\n"${all.join('\n"')}`],
    "of nine": ["a.csv", numbered(ids(9))],
    "of six": ["a.csv", numbered(ids(6))],
    "with tabs": ["a.csv", numbered(all).replaceAll(",", "\t")],
    "with semicolons": ["a.csv", numbered(all).replaceAll(",", ";")],
    "with the line ends of old machines": ["a.csv", numbered(all).replaceAll("\n", "\r")],
    "with bytes of 0": ["a.csv", numbered(all).replaceAll(",", "\0,")],
    "in UTF-16": ["a.csv", sixteen(`\uFEFF${numbered(all)}`)],
    "in UTF-16 that does not say so": ["a.csv", sixteen(numbered(all))],
    "in UTF-8 that says so": ["a.csv", `\uFEFF${numbered(all)}`],
    "in one row": ["a.csv", `${line(all, ",")}\n${line(Array(200).fill("1"), ",")}\n`],
    "in one cell": ["a.csv", `n,who\n200,${line(all, " ")}\n`],
    "in lines": ["a.txt", line(all, "\n")],
    "in a sentence": ["a.txt", `We saw patients ${line(ids(12), ", ")} and others.`],
    "in a log": ["a.log", all.map((id) => `12:00:00 INFO patient=${id} done`).join("\n")],
    "in a table of Markdown": [
      "a.md",
      `| key | n |\n|---|---|\n${all.map((i) => `| ${i} | 1 |`).join("\n")}`,
    ],
    "in JSON": ["a.json", JSON.stringify(all.map((id) => ({ who: Number(id), n: 1 })))],
    "in JSON, as names": ["a.json", JSON.stringify(Object.fromEntries(all.map((id) => [id, 1])))],
    "in JSON, in lines": ["a.json", all.map((id) => JSON.stringify({ who: id })).join("\n")],
    "in JSON, as a list": ["a.json", JSON.stringify({ x: { y: all.map(Number) } })],
    "in a page": [
      "a.html",
      `<table><tr><th>key</th></tr>${all.map((i) => `<tr><td>${i}</td></tr>`).join("")}</table>`,
    ],
    "in a page, in numbers of characters": [
      "a.html",
      `<table>${ids(20)
        .map((i) => `<tr><td>${i.replace(/\d/g, (d) => `&#${48 + Number(d)};`)}</td></tr>`)
        .join("")}</table>`,
    ],
    "in a script of a page": ["a.html", `<script>var x = [${line(all, ",")}]</script>`],
    "in a picture of texts": [
      "a.svg",
      `<svg>${all.map((id) => `<text x="1.5">${id}</text>`).join("")}</svg>`,
    ],
    "in a packed picture of texts": [
      "a.svgz",
      gzipSync(`<svg>${all.map((id) => `<text>${id}</text>`).join("")}</svg>`),
    ],
    "under the name of a photograph": ["a.jpg", numbered(all)],
    "in UTF-16 among other letters": [
      "a.csv",
      Buffer.from(`\ufeff${amongLetters(all)}`, "utf16le"),
    ],
    "in UTF-16, big end first": ["a.csv", bigEndian(numbered(all))],
    "in UTF-16 among other letters, big end first": [
      "a.csv",
      bigEndian(`\ufeff${amongLetters(all)}`),
    ],
    "with a byte 0 in each": [
      "a.csv",
      numbered(all.map((id) => `${id.slice(0, 1)}\0${id.slice(1)}`)),
    ],
  };
  for (const [what, [path, content]] of Object.entries(forms)) {
    it(what, async () => {
      assert.match((await reason(path, content)) ?? "let pass", /patients' numbers/);
    });
  }

  it("whatever odd rows stand among them", async () => {
    const odd = fc.constantFrom("Total", "", "NA", "-", "all", "1e9", "0.5", "2020-01-01");
    const form = fc.constantFrom("%", "0%", "%.0", "P%", " % ", '"%"', "#%");
    const leak = fc.record({
      patients: fc.integer({ min: 20, max: 300 }),
      sparse: fc.integer({ min: 8, max: 1_000_000 }),
      rows: fc.integer({ min: 8, max: 300 }),
      odd: fc.array(odd, { maxLength: 6 }),
      separator: fc.constantFrom(",", ";", "\t", "|"),
      form,
    });
    await fc.assert(
      fc.asyncProperty(
        leak,
        async ({ patients: count, sparse, rows, odd: odds, separator, form: as }) => {
          const patients = patientsOf(count, sparse, count);
          const cells = ids(rows, patients).map((id) => as.replace("%", id));
          const table = ["who,n", ...[...cells, ...odds].map((cell) => `${cell},1`)].join("\n");
          const told = await reason("a.csv", table.replaceAll(",", separator), patients);
          assert.match(told ?? "let pass", /patients' numbers/);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});

/** What a program may make of cohorts: lists of patients with something odd. */
const lists: readonly (readonly [name: string, lines: string])[] = [
  ["total.csv", '["id,n", ...ids.map((id) => `${id},1`), "Total,100"]'],
  ["events.csv", '["id,n", ...ids.flatMap((id) => [`${id},1`, `${id},2`])]'],
  ["nine.csv", '["id,n", ...ids.slice(0, 9).map((id) => `${id},1`)]'],
  ["joined.csv", '["id;n", ...ids.map((id) => `${id}.0;1`), ""]'],
  ["plain.txt", "ids"],
  ["page.html", "ids.map((id) => `<li>${id}</li>`)"],
  ["data.json", "[JSON.stringify(ids)]"],
];

const listing = {
  "analysis/study_definition.ts": smallStudy,
  "analysis/list.js": [
    'const fs = require("node:fs");',
    'const cohort = fs.readFileSync("output/input_2020-01-01.csv", "utf8").trim().split("\\n");',
    'const ids = cohort.slice(1).map((row) => row.split(",")[0]);',
    'const write = (name, lines) => fs.writeFileSync(`output/${name}`, lines.join("\\n"));',
    ...lists.map(([name, written]) => `write("${name}", ${written});`),
    'write("counts.csv", ["sex,n", "F,51", "=cmd|x,-49", "@SUM(A1),+1"]);',
  ].join("\n"),
  "project.yaml": [
    "version: '3.0'",
    "expectations: { population_size: 100 }",
    "actions:",
    "  cohorts:",
    "    run: cohortextractor:latest generate_cohort --index-date-range 2020-01-01",
    "    outputs: { highly_sensitive: { cohort: output/input_*.csv } }",
    "  list:",
    "    run: node:v1 node analysis/list.js",
    "    needs: [cohorts]",
    "    outputs:",
    "      moderately_sensitive:",
    "        counts: output/counts.csv",
    ...lists.map(([name], i) => `        list${i}: output/${name}`),
  ].join("\n"),
};

describe("a program that lists the patients of a cohort", () => {
  it("has each list withheld, whatever its form; counts are let pass, and their formulas told", async () => {
    await inStudy(listing, async ({ folder, run, ask }) => {
      const { jobs } = await run(["run_all"]);
      const seen = jobs[1]?.outputs.filter(({ withheld }) => withheld === null) ?? [];
      assert.deepEqual(
        seen.map(({ path }) => path),
        ["output/counts.csv"],
      );
      const formulas =
        "Cells that a spreadsheet would run as formulas: output/counts.csv (3 cells)";
      assert.ok(jobs[1]?.notes.includes(formulas));
      assert.ok(readFileSync(join(folder, "metadata/list.log"), "utf8").includes(formulas));
      const page = (await ask("report", [], { outputFile: "-" })).lines.join("\n");
      assert.ok(page.includes(formulas));
      assert.doesNotMatch(page, /cmd|SUM/);
    });
  });
});
