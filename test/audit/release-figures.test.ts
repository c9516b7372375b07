/** Pictures, pages and tables in a release: what may lie beside measures, and what is refused whatever it is called. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { visibleText } from "../../engine/base/visible-text.ts";
import { cohortline, contentsOf } from "../commands/workspace.ts";
import { measuredRelease } from "./measured-release.ts";

const { measured } = measuredRelease(["--index-date-range", "2020-01-01"]);

const png = (more = ""): Buffer =>
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[
      ["IHDR", 13],
      ["IEND", 0],
    ].flatMap(([name, length]) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(Number(length));
      return [size, Buffer.from(String(name)), Buffer.alloc(Number(length) + 4)];
    }),
    Buffer.from(more),
  ]);

const svg = (inside: string): string =>
  `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><metadata rdf:resource="http://purl.org/dc/dcmitype/StillImage"/>${inside}</svg>`;

const script = /holds a script/;
const address = /holds an address outside itself/;
const page = /holds a part that holds another page/;
const event = /holds a script that an event runs/;
const type = /is of a type that checkers do not take/;
const text = /is not text in UTF-8/;
const rows = /has more than 5000 rows/;
const patients = /has (?:a row|an object) for each patient/;
const extreme = /has a minimum or a maximum/;
const name = /has a name with other characters/;
const log = /looks like a log/;
const unrounded = /column \w+ is not rounded: neither to 5 nor to the middle of six/;

type Given = readonly [file: string, held: string | Uint8Array, said: RegExp];

/** What is found of each; those that are read by nobody are not among them. */
const refused: readonly Given[] = [
  // Whatever runs, or brings something from elsewhere.
  ["a.svg", svg("<script>x()</script>"), script],
  ["a.svg", svg("<svg:script>x()</svg:script>"), script],
  [
    "a.svg",
    '<!DOCTYPE svg [<!ENTITY x "&#60;script&#62;">]><svg>&x;</svg>',
    /text that stands for/,
  ],
  ["a.svg", svg('<a xlink:href="&#106;ava&Tab;script:x()"><text>a</text></a>'), script],
  ["a.svg", svg('<set attributeName="href" to="#b"/>'), event],
  ["a.svg", svg("<foreignObject><p>a</p></foreignObject>"), page],
  ["a.svg", svg('<image href="rates.png"/>'), address],
  [
    "a.svg",
    svg('<use href="data:image/svg+xml;base64,PHN2Zz4="/>'),
    /address outside itself, another file/,
  ],
  ["a.svg", '<?xml-stylesheet href="#x"?><svg/>', /text that stands for/],
  ["a.html", "<p onclick='x()'>", event],
  ["a.html", "<svg/onload=x()>", event],
  ["a.html", "<a href='java\nscript:x()'>a</a>", script],
  ["a.html", '<img src="//elsewhere/x.png">', address],
  ["a.html", '<img src= "  https://elsewhere/x.png">', address],
  ["a.html", '<img srcset="x.png 2x">', address],
  ["a.html", '<meta http-equiv="refresh" content="0; url=x">', /an order to the browser/],
  ["a.html", '<base target="_top">', page],
  ["a.html", "<iframe>", page],
  ["a.html", Buffer.from([60, 112, 62, 233]), text],
  ["a.html", "<style>p{background:url( 'https://elsewhere/x')}</style>", address],
  ["a.html", "<style>p{background:u\\72l(x.png)}</style>", address],
  ["a.html", '<style>@\\69mport "x.css"</style>', address],
  ["a.html", '<a href="data:text/html;base64,PHA+">a</a>', /address outside itself, another file/],
  ["a.html", Buffer.from("\ufeff<script>x()</script>", "utf16le"), text],
  ["a.html", Buffer.from([60, 115, 0, 99, 62]), text],
  // Patients, and what is of one of them.
  ["people.csv", "patient_id,ill\n1,0\n2,1\n", patients],
  ["people.txt", "nhs_number;ill\n1;0\n2;1\n", patients],
  ["people.json", '{"all": [{"patient_id": 1, "ill": 0}]}', patients],
  ["people.html", "<table><tr><th>Patient ID</th></tr><tr><td>1</td></tr></table>", patients],
  ["notes.txt", "943 476 5919\n401 023 2137\n987 654 3210\n450 557 7104\n", /holds NHS numbers/],
  ["largest.csv", "region,bmi_max\nNorth,41\n", extreme],
  ["summary.csv", ",bmi\nmean,27\nmin,15\n", extreme],
  ["summary.json", '[{"bmi": {"mean": 27, "max": 41}}]', extreme],
  ["summary.html", "<table><tr><th>Max.</th></tr></table>", extreme],
  // Numbers as they are counted.
  ["a.csv", "region,n\nNorth,17\nSouth,20\n", unrounded],
  ["a.csv", 'region,Population\nNorth,"1,001"\nSouth,\n', unrounded],
  ["a.txt", "region\tpopulation\nNorth\t17\n", unrounded],
  ["a.json", '[{"asthma_midpoint6": 10, "r": "N"}, {"asthma_midpoint6": 9, "r": "S"}]', unrounded],
  [
    "a.html",
    "<table><tr><th>r</th><th>Count</th></tr><tr><td>N</td><td>12</td></tr></table>",
    unrounded,
  ],
  ["a.csv", "region,events\nNorth,5\nSouth,15\n", /column events shows a number below 8/],
  ["a.csv", "area,n\nE54000005,10\n", /names practices or areas smaller than a region/],
  // Forms that nobody can look through.
  ["a.csv", "1\n".repeat(5002), rows],
  ["a.txt", "1\r".repeat(5002), rows],
  [
    "a.json",
    JSON.stringify({ a: Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [i, 0])) }),
    rows,
  ],
  ["a.html", "<table>" + "<tr><td>1".repeat(5001), rows],
  ["a.json", "{not json", /is not JSON/],
  ["a.log", "done", type],
  ["a.xlsx", "PK", type],
  ["a.csv.gz", new Uint8Array([31, 139]), type],
  ["a", "1", type],
  ["run.log.txt", "done", log],
  [
    "out.txt",
    "2021-01-01 10:00:01 INFO a\n2021-01-01 10:00:02 INFO b\n2021-01-01 10:00:03 INFO c\n",
    log,
  ],
  ["out.txt", 'Traceback (most recent call last):\n  File "a.py", line 1\n', log],
  ["a.png", "region,n\nNorth,17\n", /is not the picture that its name says/],
  ["a.jpg", png(), /is not the picture that its name says/],
  ["a.png", png("patient_id,ill\n1,0\n"), /or has more in it/],
  ["large.png", new Uint8Array(2 ** 24 + 1), /is larger than 16 MiB/],
  // Names.
  ["a\u202egnp.csv", "a\n", name],
  ["rate\u0455.csv", "a\n", name],
  [".hidden.csv", "a\n", name],
  ["release.html", "<p>", /is the name of another file/],
  ["Release.HTML", "<p>", /is the name of another file/],
  ["measure_by_sex.csv", "a,b\n", /is the name of another file/],
];

/** Nothing is said of these but what a person must look at. */
const passing: readonly (readonly [
  file: string,
  held: string | Uint8Array,
  said: string | null,
])[] = [
  [
    "rates.svg",
    svg(
      '<style>*{stroke-linejoin:round}</style><g clip-path="url(#p1)"><use xlink:href="#m"/></g>',
    ),
    null,
  ],
  [
    "page.html",
    '<a href="#top">up</a><img src="data:image/png;base64,aGk="><p>onset = 3</p>',
    null,
  ],
  ["plain.png", png(), null],
  ["minutes.csv", "region,minutes,Maxwell\nNorth,15,10\n", null],
  ["notes.txt", "The max, of anything\nis not in here.\n", null],
  ["log_odds.csv", "term,estimate\nage,0.25\n", null],
  [
    "odd.csv",
    "age,visits\n17,21\n18,22\n",
    "whole numbers that are not rounded are in visits: are they counts?",
  ],
  ["deciles.json", '[{"decile": 1, "count": 10}, {"decile": 2, "count": 15}]', null],
];

const release = (folder: string, to: string, figures: readonly string[]) =>
  cohortline(folder, [
    ...["release", "--to", to, "--context", "why.txt", "--first-release"],
    ...figures.flatMap((each) => ["--figure", each]),
  ]);

/** So that no two have one name. */
const numbered = (file: string, at: number): string => file.replace(/^(a|out)(?=\.|$)/, `$1${at}`);

describe("figures of a release", () => {
  it("are refused, all of them at once, where they run, fetch, count exactly or hold patients", async () => {
    await measured(async (folder) => {
      mkdirSync(join(folder, "figures"));
      writeFileSync(join(folder, "figures/plain.csv"), "a,b\n");
      for (const [at, [file, held]] of refused.entries())
        writeFileSync(join(folder, "figures", numbered(file, at)), held);
      const given = refused.map(([file], at) => `figures/${numbered(file, at)}=by_sex`);
      const { code, err } = await release(folder, "b", [
        ...given,
        "figures/plain.csv",
        "figures/plain.csv=no",
      ]);
      assert.equal(code, 1);
      const lines = err.split("\n  ");
      for (const [at, [file, , said]] of refused.entries()) {
        const shown = visibleText(numbered(file, at));
        const own = lines.filter((line) => line.startsWith(`${shown}: `));
        assert.ok(
          own.some((line) => said.test(line)),
          `${file} ${at}: ${String(said)} in ${own.join("; ")}`,
        );
      }
      assert.match(err, /plain\.csv: names no measure that it is drawn from/);
      assert.match(err, /plain\.csv: is drawn from "no", which is no measure of this release/);
      assert.ok(!existsSync(join(folder, "b")));
    });
  });

  it("lie beside the tables that they are drawn from, as they are, with what a person must look at", async () => {
    await measured(async (folder) => {
      mkdirSync(join(folder, "figures"));
      const drawn = [
        "measures_report",
        "--output-file",
        "figures/measures.html",
        "--pictures",
        "figures",
      ];
      assert.equal((await cohortline(folder, drawn)).code, 0);
      for (const [file, held] of passing) writeFileSync(join(folder, "figures", file), held);
      const own = ["measures.html", "measure_by_sex.svg", "measure_by_sex.png"];
      const names = [...own, ...passing.map(([file]) => file)];
      const { code, out, err } = await release(
        folder,
        "with",
        names.map((file) => `figures/${file}=by_sex,by_region`),
      );
      assert.equal(code, 0, err);
      const packed = contentsOf(join(folder, "with"));
      const [before] = [contentsOf(join(folder, "figures"))];
      for (const name of names) assert.equal(packed[name], before[name], name);
      const told = JSON.parse(packed["release.json"] ?? "") as {
        figures: { file: string; from: string[] }[];
        files: { supports: string[] }[];
        warnings: { file: string; says: string }[];
      };
      const looked = "nobody looked into it: compare it with its tables";
      assert.match(out, new RegExp(`To look at: measures\\.html, .* and 8 more: ${looked}\n`));
      for (const [file, , said] of passing) {
        const says = told.warnings.filter((each) => each.file === file).map((each) => each.says);
        assert.deepEqual(says, [looked, ...(said === null ? [] : [said])], file);
      }
      assert.deepEqual(
        told.figures.map(({ file }) => file),
        names,
      );
      assert.deepEqual(told.figures[0]?.from, ["measure_by_sex.csv", "measure_by_region.csv"]);
      assert.deepEqual(told.files[0]?.supports, names);
      assert.match(
        packed["release.html"] ?? "",
        /Drawn from[^]*measure_by_sex\.csv, measure_by_region\.csv/,
      );
    });
  });

  it("are problems where there is none, or a pipe or a folder stands in its place", async () => {
    await measured(async (folder) => {
      mkdirSync(join(folder, "figures"));
      execFileSync("mkfifo", [join(folder, "figures/pipe.svg")]);
      for (const [file, said] of [
        ["no.svg", /no\.svg.*file-not-found/],
        ["pipe.svg", /pipe\.svg.*file-not-plain/],
        [".", /file-is-a-folder/],
      ] as const)
        assert.match((await release(folder, "b", [`figures/${file}=by_sex`])).err, said);
    });
  });
});
