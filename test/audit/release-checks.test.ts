/** What the people who check outputs ask for, through `cohortline release`, of measures that generate_measures wrote. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const rule = "{ rounding: { to: 5 }, smallNumberSuppression: { threshold: 7 } }";
const sixes = '{ rounding: "midpoint6", smallNumberSuppression: { threshold: 7 } }';

interface Asked {
  /** What becomes of it. */
  readonly says: string;
  readonly numerator: string;
  readonly denominator?: string;
  readonly by: string;
  readonly rule?: string;
}

/** Each breaks one rule; the text of what is found follows its file's name. */
const refused: Readonly<Record<string, Asked>> = {
  below: {
    says: "column few shows a number below 8",
    ...{ numerator: "few", by: "region" },
    rule: "{ rounding: { to: 5 }, smallNumberSuppression: false }",
  },
  practices: {
    says: "column practice names practices or areas smaller than a region",
    ...{ numerator: "ill", by: "practice" },
  },
  areas: {
    says: "column msoa names practices or areas smaller than a region",
    ...{ numerator: "ill", by: "msoa" },
  },
  few_people: {
    says: "row 1: a ratio of fewer than 7 people",
    ...{ numerator: "severe", denominator: "rare", by: "region" },
    rule: '{ rounding: "midpoint6", smallNumberSuppression: false }',
  },
  ratio: {
    says: "row 1: value is not the ratio of the numbers shown beside it",
    ...{ numerator: "ill", by: "region" },
  },
  joined: {
    says: "column ethnicity is not of the study, and the context does not say what it means",
    ...{ numerator: "ill", by: "ethnicity" },
  },
  chance: {
    says: "column ill looks rounded by chance: its measure is not",
    ...{ numerator: "ill", denominator: "ill", by: "wide" },
    rule: "{ smallNumberSuppression: false }",
  },
  untold: {
    says: "nothing says what its columns mean: run generate_measures again",
    ...{ numerator: "ill", by: "sex" },
  },
};

const good: Readonly<Record<string, Asked>> = {
  fine: { says: "", numerator: "ill", by: "region" },
  whole: { says: "0 % or 100 % in rows 1, 2", numerator: "nobody", by: "region", rule: sixes },
};

const flags = ["ill", "few", "rare", "severe", "nobody"];

function study(): string {
  const measures = Object.entries({ ...refused, ...good }).map(
    ([id, { numerator, denominator = "population", by, rule: own = rule }]) =>
      `measure(cohort, { id: "${id}", numerator: "${numerator}", denominator: "${denominator}", groupBy: ${by === "ethnicity" ? 'fromFile("ethnicity")' : `"${by}"`}, ...${own} })`,
  );
  const events = flags.map(
    (name) => `${name}: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date" })`,
  );
  return `
import { codelist, fromFile, measure, patients, study } from "cohortline";
const codes = codelist(["195967001"], "snomed");
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    practice: patients.registeredPracticeAsOf("index_date", "pseudo_id"),
    msoa: patients.addressAsOf("index_date", "msoa"),
    sex: patients.sex(),
    wide: patients.addressAsOf("index_date", "rural_urban_classification"),
    ${events.join(",\n    ")},
  },
});
export default cohort;
export const measures = [${measures.join(", ")}];
`;
}

/** Of 201 in the north 81 are ill, of 199 in the south 59. */
function cohort(): string {
  const part = (people: number, place: string, [ill, rare, severe]: readonly number[]) =>
    Array.from({ length: people }, (_, at) => {
      const counted = [ill, rare, rare, severe, 0].map((most = 0) => Number(at < most));
      return [place, at % 2 === 0 ? "F" : "M", "1", "White", ...counted].join();
    });
  const rows = [
    ...part(201, "North,1,E02000001", [81, 6, 4]),
    ...part(199, "South,2,E02000002", [59, 30, 12]),
  ];
  const header = ["patient_id,region,practice,msoa,sex,wide,ethnicity", ...flags].join();
  return [header, ...rows.map((row, at) => `${at + 1},${row}`), ""].join("\n");
}

/** As no measure is written: what the manifest says of them is changed as well. */
function forge(folder: string): void {
  const [file, manifest] = ["measure_ratio.csv", "cohortline.manifest.json"].map((name) =>
    join(folder, "output", name),
  ) as [string, string];
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const text = readFileSync(file, "utf8");
  const changed = text.replace(",0.4,", `,${81 / 201},`);
  assert.notEqual(changed, text);
  writeFileSync(file, changed);
  // Another file may have the same bytes.
  const told = readFileSync(manifest, "utf8").replace(
    new RegExp(`("measure_ratio\\.csv": \\{[^]*?)${sha256(text)}`),
    `$1${sha256(changed)}`,
  );
  const entries: unknown = JSON.parse(told, (key, value: unknown) =>
    key === "published" && (value as { spec: { id: string } }).spec.id === "untold"
      ? { ...(value as object), words: undefined }
      : value,
  );
  writeFileSync(manifest, JSON.stringify(entries, null, 2));
}

describe("the list that people who check outputs go through", () => {
  it("refuses each breach of it, all of them at once, and tells of what a person must see", async () => {
    const files = {
      "analysis/study_definition.ts": study(),
      "output/input_2020-01-01.csv": cohort(),
      "why.txt": "How common asthma is.",
    };
    await inWorkspace(files, async (folder) => {
      const made = await cohortline(folder, ["generate_measures"]);
      assert.equal(made.code, 0, made.err);
      forge(folder);
      const release = (...more: readonly string[]) =>
        cohortline(folder, [
          ...["release", "--to", "pack", "--context", "why.txt", "--first-release"],
          ...more,
        ]);
      const { code, err } = await release();
      const expected = Object.entries(refused).map(
        ([id, { says }]) => `measure_${id}.csv: ${says}`,
      );
      assert.equal(code, 1);
      for (const each of expected) assert.ok(err.includes(`\n  ${each}`), `${each} in ${err}`);
      assert.match(err, new RegExp(`Nothing was released: ${expected.length} findings`));
      assert.ok(!existsSync(join(folder, "pack")));

      for (const id of Object.keys(refused))
        if (id !== "joined") rmSync(join(folder, `output/measure_${id}.csv`));
      writeFileSync(
        join(folder, "why.txt"),
        "How common asthma is. `ethnicity` is that of the census.",
      );
      const packed = await release();
      assert.equal(packed.code, 0, packed.err);
      assert.match(packed.out, /To look at: measure_whole\.csv: 0 % or 100 % in rows 1, 2\n/);
      assert.match(
        packed.out,
        /measure_whole\.csv: column nobody is rounded to the middle of six and not named nobody_midpoint6\n/,
      );
      assert.match(
        readFileSync(join(folder, "pack/release.html"), "utf8"),
        /<bdi>ill<\/bdi> of [^]*Of the same people<\/dt><dd>nobody<[^]*<bdi>nobody<\/bdi> of [^]*Of the same people<\/dt><dd>ill</,
      );
    });
  });
});
