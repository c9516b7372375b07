/** `cohortline release`: what it packs, and what it refuses. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, contentsOf } from "../commands/workspace.ts";
import { measuredRelease } from "./measured-release.ts";

const range = ["--index-date-range", "2020-01-01 to 2020-02-01 by month"];
const { study, measured } = measuredRelease(range);

const release = (to: string, ...more: readonly string[]): readonly string[] => [
  ...["release", "--to", to, "--context", "why.txt"],
  ...(more.length === 0 ? ["--first-release"] : more),
];

describe("cohortline release", () => {
  it("packs measures with what a checker needs, the same bytes each time, and never changes a release", async () => {
    await measured(async (folder) => {
      const first = await cohortline(folder, release("released/one"));
      assert.equal(first.code, 0, first.err);
      assert.match(
        first.out,
        /^Wrote 5 files to released\/one\.\nTo look at: measure_by_sex.csv, measure_by_region.csv: counted in dummy data\n.*population is rounded .* population_midpoint6/,
      );
      const one = contentsOf(join(folder, "released/one"));
      assert.deepEqual(Object.keys(one).sort(), [
        "audit.certificate.json",
        ...["measure_by_region.csv", "measure_by_sex.csv", "release.html", "release.json"],
      ]);
      assert.deepEqual(
        one["measure_by_sex.csv"],
        contentsOf(join(folder, "output"))["measure_by_sex.csv"],
      );
      const certificate = ["verify-certificate", "released/one/audit.certificate.json"];
      const verified = await cohortline(folder, [...certificate, "--output-dir=released/one"]);
      assert.equal(verified.code, 0, verified.out + verified.err);
      const again = await cohortline(folder, release("two"));
      assert.equal(again.code, 0, again.err);
      assert.deepEqual(contentsOf(join(folder, "two")), one);
      assert.match(
        again.out,
        /Not compared with released\/one, a release too: .* --earlier released\/one\.\n/,
      );
      const page = readFileSync(join(folder, "two/release.html"), "utf8");
      assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
      assert.match(page, /How common asthma is\.[^]*1 to 7 hidden, rounded to the middle of six/);
      assert.doesNotMatch(page, /<script/);
      for (const said of [
        /Who is in: <bdi>all<\/bdi>\. About 200 patients at each date/,
        /<bdi>asthma_<wbr \/>midpoint6<\/bdi><\/dt><dd><bdi>with these clinical events; codelist of 1 snomed codes, [0-9a-f]{8}; .*any day up to index_date<\/bdi>/,
        /<bdi>region<\/bdi><\/td><td><bdi>registered practice as of; date index_date; returning nuts1_region_name<\/bdi>/,
      ])
        assert.match(page, said);
      const refused = await cohortline(folder, release("two"));
      assert.match(refused.err, /"two" is there already.*release-exists/);
      assert.deepEqual(contentsOf(join(folder, "two")), one);
    });
  });

  it("tells nothing in a pack by which values of a small cohort could be tried out", async () => {
    await measured(async (folder) => {
      await cohortline(folder, release("one"));
      const told = readFileSync(join(folder, "one/release.json"), "utf8");
      const manifest = readFileSync(join(folder, "output/cohortline.manifest.json"), "utf8");
      const cohorts = [...manifest.matchAll(/"source": "([0-9a-f]{64})"/g)].map(
        ([, each]) => each ?? "",
      );
      const secret = readFileSync(join(folder, "metadata/cohort-marks.key"), "utf8").trim();
      assert.ok(cohorts.length > 0);
      for (const each of [...cohorts, secret]) assert.ok(!told.includes(each));
    });
  });

  it("compares with what was released before, as it was released", async () => {
    await measured(async (folder) => {
      await cohortline(folder, release("one"));
      const later = await cohortline(folder, release("later", "--earlier", "one"));
      assert.equal(later.code, 0, later.err);
      assert.doesNotMatch(later.out, /Not compared with/);
      assert.match(
        readFileSync(join(folder, "later/release.html"), "utf8"),
        /Released before<\/dt><dd>one<\/dd>[^]*Since what was released<\/dt><dd>measure_by_sex\.csv, measure_by_region\.csv: since one none of \d+ numbers that both show is another</,
      );
      const file = join(folder, "one/measure_by_sex.csv");
      writeFileSync(file, `${readFileSync(file, "utf8")}\n`);
      assert.match(
        (await cohortline(folder, release("b", "--earlier", "one"))).err,
        /audit-file-altered/,
      );
      writeFileSync(join(folder, "one/release.json"), '{"files": [{}]}');
      assert.match(
        (await cohortline(folder, release("b", "--earlier", "one"))).err,
        /release.json of "one".*release-damaged/,
      );
      assert.ok(!existsSync(join(folder, "b")));
    });
  });

  it("says how many numbers differ from those of an earlier release, by how little, and what was asked otherwise", async () => {
    await measured(async (folder) => {
      await cohortline(folder, release("one"));
      const otherwise = study
        .replace('codelist(["195967001"]', 'codelist(["195967001", "13645005"]')
        .replace("incidence: 0.5", "incidence: 0.45");
      writeFileSync(join(folder, "analysis/study_definition.ts"), otherwise);
      await cohortline(
        folder,
        dummy(200, "--index-date-range", "2020-01-01 to 2020-02-01 by month"),
      );
      const again = await cohortline(folder, ["generate_measures"]);
      assert.equal(again.code, 0, again.err);
      const { out, err } = await cohortline(folder, release("later", "--earlier", "one"));
      assert.match(
        `${out}${err}`,
        /To look at: measure_by_sex\.csv: since one [1-9] of \d+ numbers that both show are others, the smallest change is 6; asked otherwise is asthma_midpoint6\n/,
      );
      assert.match(
        readFileSync(join(folder, "later/release.html"), "utf8"),
        /output is not compared with one at 2020-01-01[^:]*: column asthma_midpoint6 has other values/,
      );
    });
  });

  it("keeps files of two runs apart when it is read again, as they were in their folder", async () => {
    await measured(async (folder) => {
      const fewer = study.replace(/ {2}measure\(cohort, \{ id: "by_sex".*\n/, "");
      writeFileSync(join(folder, "analysis/study_definition.ts"), fewer);
      await cohortline(folder, dummy(400, ...range));
      await cohortline(folder, ["generate_measures"]);
      const packed = await cohortline(folder, release("one"));
      assert.equal(packed.code, 0, packed.err);
      const told = JSON.parse(readFileSync(join(folder, "one/release.json"), "utf8")) as {
        files: { file: string; run: number }[];
      };
      assert.deepEqual(new Set(told.files.map(({ run }) => run)), new Set([0, 1]));
      // 200 patients by sex and 400 by region: of one run they would contradict each other.
      for (const where of ["output", "one"]) {
        const { out } = await cohortline(folder, ["audit", "--output-dir", where]);
        assert.match(out, /\nReleasable\.\n$/, where);
      }
      const certificate = ["verify-certificate", "one/audit.certificate.json"];
      const verified = await cohortline(folder, [...certificate, "--output-dir=one"]);
      assert.equal(verified.code, 0, verified.out + verified.err);
    });
  });

  it("says of a policy that asks for less what it is, and refuses one that asks for nothing", async () => {
    await measured(async (folder) => {
      const asked = async (to: string, policy: object) => {
        writeFileSync(join(folder, "p.json"), JSON.stringify(policy));
        return cohortline(folder, release(to, "--first-release", "--policy", "p.json"));
      };
      const less = await asked("less", { small: 5, minValues: 2 });
      assert.equal(less.code, 0, less.err);
      for (const said of [
        /To look at: p\.json: asks for 2 possible values, and usual are 4\n/,
        /To look at: p\.json: takes 1 to 5 for small, and usual is 1 to 7\n/,
      ])
        assert.match(less.out, said);
      for (const [policy, said] of [
        [{ minValues: 1 }, /p\.json: lets numbers pass of which one value is possible/],
        [{ attacker: "sums" }, /p\.json: takes those who know the rules for no danger/],
        [{ targets: ["differences"] }, /p\.json: does not ask for hidden numbers/],
      ] as const)
        assert.match((await asked("b", policy)).err, said);
      assert.ok(!existsSync(join(folder, "b")));
    });
  });

  it("refuses, with nothing written, what a checker would send back", async () => {
    const bad: readonly (readonly [(text: string) => string, RegExp, readonly string[]])[] = [
      [(text) => text, /nothing says what was released before.*usage/, ["--policy", "x.json"]],
      [(text) => text, /cannot both be given.*usage/, ["--first-release", "--earlier", "one"]],
      [(text) => text, /--earlier \.\/output is the folder .*usage/, ["--earlier", "./output"]],
      [
        (text) => text.replaceAll('rounding: "midpoint6", ', ""),
        /measure_by_sex.csv: column population is not rounded/,
        [],
      ],
      [(text) => text.replaceAll('"midpoint6"', "{ to: 10 }"), /^Wrote/, []],
      [
        (text) => text.replaceAll('groupBy: "region"', 'groupBy: "stp"'),
        /measure_by_region.csv: column stp names practices or areas/,
        [],
      ],
      [
        (text) => text.replaceAll('groupBy: "region"', "groupBy: []"),
        /measure_by_region.csv has a row for each patient/,
        [],
      ],
      [
        (text) => text,
        /Nothing was released: \d+ findings? \[release-refused\]\n {2}\d+ hidden or small numbers can be worked out/,
        ["--first-release", "--policy", "strict.json"],
      ],
    ];
    for (const [change, message, words] of bad)
      await measured(async (folder) => {
        if (change(study) !== study) {
          writeFileSync(join(folder, "analysis/study_definition.ts"), change(study));
          await cohortline(
            folder,
            dummy(200, "--index-date-range", "2020-01-01 to 2020-02-01 by month"),
          );
          await cohortline(folder, ["generate_measures"]);
        }
        writeFileSync(join(folder, "strict.json"), '{"small": 200, "minValues": 7}');
        const { err, out, code } = await cohortline(folder, release("b", ...words));
        assert.match(`${out}${err}`, message);
        assert.equal(existsSync(join(folder, "b")), code === 0);
        assert.deepEqual(
          readdirSync(folder).filter((name) => name.includes("partial")),
          [],
        );
      });
    await measured(async (folder) => {
      for (const [context, message] of [
        [" \n", /why.txt says nothing/],
        ["patient_id,ill\n1,0\n2,1\n", /why.txt has the column patient_id/],
        ["943 476 5919\n401 023 2137\n987 654 3210\n450 557 7104\n", /why.txt holds NHS numbers/],
        ["why ".repeat(6000), /why.txt is longer than 20000 letters/],
      ] as const) {
        writeFileSync(join(folder, "why.txt"), context);
        const { err } = await cohortline(folder, release("b"));
        assert.match(err, /release-refused/);
        assert.match(err, message);
      }
      writeFileSync(join(folder, "why.txt"), "why");
      await cohortline(folder, ["generate_measures", "--output-format", "feather"]);
      rmSync(join(folder, "output/measure_by_sex.csv"));
      rmSync(join(folder, "output/measure_by_region.csv"));
      assert.match(
        (await cohortline(folder, release("b"))).err,
        /measure_by_sex.feather: is not csv/,
      );
      assert.ok(!existsSync(join(folder, "b")));
    });
  });
});
