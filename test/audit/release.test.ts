/** `cohortline release`: what it packs, and what it refuses. */
import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";

const study = `
import { codelist, measure, patients, study } from "cohortline";
const asthma = codelist(["195967001"], "snomed");
const universal = { rate: "universal" } as const;
const ratios = (category: Record<string, number>) => ({ returnExpectations: { ...universal, category: { ratios: category } } });
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "2020-12-31" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    sex: patients.sex(ratios({ F: 0.5, M: 0.5 })),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", ratios({ North: 0.5, South: 0.5 })),
    stp: patients.registeredPracticeAsOf("index_date", "stp_code", ratios({ E1: 0.5, E2: 0.5 })),
    asthma_midpoint6: patients.withTheseClinicalEvents(asthma, { onOrBefore: "index_date" }),
  },
});
export default cohort;
const rule = { rounding: "midpoint6", smallNumberSuppression: { threshold: 7 } } as const;
export const measures = [
  measure(cohort, { id: "by_sex", numerator: "asthma_midpoint6", denominator: "population", groupBy: "sex", ...rule }),
  measure(cohort, { id: "by_region", numerator: "asthma_midpoint6", denominator: "population", groupBy: "region", ...rule }),
];
`;

const store = mkdtempSync(join(tmpdir(), "cohortline-release-"));
after(() => {
  rmSync(store, { recursive: true, force: true });
});

/** A folder with measures of 200 patients, and a context. */
function measured<T>(act: (folder: string) => Promise<T>): Promise<T> {
  return inWorkspace(
    { "analysis/study_definition.ts": study, "why.txt": "How common asthma is." },
    async (folder) => {
      if (!existsSync(join(store, "output"))) {
        await cohortline(
          folder,
          dummy(200, "--index-date-range", "2020-01-01 to 2020-02-01 by month"),
        );
        const { err, code } = await cohortline(folder, ["generate_measures"]);
        assert.equal(code, 0, err);
        cpSync(folder, store, { recursive: true });
      }
      cpSync(store, folder, { recursive: true });
      return act(folder);
    },
  );
}

const release = (to: string, ...more: readonly string[]): readonly string[] => [
  "release",
  "--to",
  to,
  "--context",
  "why.txt",
  ...(more.length === 0 ? ["--first-release"] : more),
];

describe("cohortline release", () => {
  it("packs measures with what a checker needs, the same bytes each time, and never changes a release", async () => {
    await measured(async (folder) => {
      const first = await cohortline(folder, release("released/one"));
      assert.equal(first.code, 0, first.err);
      assert.match(
        first.out,
        /^Wrote 5 files to released\/one\.\nTo look at: .*population is rounded .* population_midpoint6/,
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
      const again = await cohortline(folder, release("two"));
      assert.equal(again.code, 0, again.err);
      assert.deepEqual(contentsOf(join(folder, "two")), one);
      const page = readFileSync(join(folder, "two/release.html"), "utf8");
      assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
      assert.match(page, /How common asthma is\.[^]*1 to 7 hidden, rounded to the middle of six/);
      assert.doesNotMatch(page, /<script/);
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
      assert.match(
        readFileSync(join(folder, "later/release.html"), "utf8"),
        /Released before<\/h2>\s*<p>one<\/p>/,
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

  it("refuses, with nothing written, what a checker would send back", async () => {
    const bad: readonly (readonly [(text: string) => string, RegExp, readonly string[]])[] = [
      [(text) => text, /nothing says what was released before.*usage/, ["--policy", "x.json"]],
      [(text) => text, /cannot both be given.*usage/, ["--first-release", "--earlier", "one"]],
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
      writeFileSync(join(folder, "why.txt"), " \n");
      assert.match(
        (await cohortline(folder, release("b"))).err,
        /release-refused[^]*why.txt says nothing/,
      );
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
