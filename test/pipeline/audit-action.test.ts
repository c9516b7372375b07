/** An audit as an action of a pipeline, and its verdict beside outputs in the report of a run. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { inStudy, studyIn } from "./study-in.ts";
import type { StudyIn } from "./study-in.ts";
import { lastAudit } from "../../engine/pipeline/report/last-audit.ts";
import type {
  JobRecord,
  RecordedOutput,
  RunRecord,
} from "../../engine/pipeline/record/run-record.ts";

const study = `import { measure, patients, study } from "cohortline";
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "1990-01-01", latest: "today" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    sex: patients.sex({ returnExpectations: { rate: "universal", category: { ratios: { F: 0.5, M: 0.5 } } } }),
    ill: patients.diedFromAnyCause({ returning: "binary_flag", returnExpectations: { incidence: INCIDENCE } }),
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "by_sex", numerator: "ill", denominator: "population", groupBy: ["sex"], smallNumberSuppression: true }),
];
`;

interface Change {
  readonly words?: string;
  readonly level?: string;
  readonly measures?: string;
  readonly outputs?: string;
  readonly incidence?: number;
}

const pipeline = ({
  words = "--html output/audit.html",
  level = "moderately_sensitive",
  measures = "moderately_sensitive",
  outputs = "{ page: output/audit.html }",
  incidence = 0.5,
}: Change = {}): Files => ({
  "analysis/study_definition.ts": study.replace("INCIDENCE", String(incidence)),
  "policy.json": '{"small": 5}',
  "project.yaml": `version: '3.0'
expectations: { population_size: 100 }
actions:
  cohorts:
    run: cohortline:v0 generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month"
    outputs: { highly_sensitive: { cohorts: output/input_*.csv } }
  measures:
    run: cohortline:v0 generate_measures
    needs: [cohorts]
    outputs: { ${measures}: { measures: output/measure_*.csv } }
  audit:
    run: cohortline:v0 audit ${words}
    needs: [measures]
    outputs: { ${level}: ${outputs} }
`,
});

const told = (files: Files): Promise<string> =>
  inWorkspace(files, async (folder) => (await cohortline(folder, ["check"])).err);

const LOCAL = { localTools: false };

const verdictsIn = async ({ ask }: StudyIn, run = "latest"): Promise<readonly string[]> => {
  const page = (await ask("report", [run], { outputFile: "-" })).lines.join("\n");
  return [...page.matchAll(/<span class="(\w+)">audit: ([^<]*)</g)].map(
    ([, tone = "", text = ""]) => `${tone}: ${text}`,
  );
};

/** By this policy every number shown is small. */
const STRICT = '{"small": 99, "minValues": 3}';

const auditIn = ({ jobs }: RunRecord): JobRecord => {
  const job = jobs.find(({ action }) => action === "audit");
  assert.ok(job);
  return job;
};

describe("an audit as an action", () => {
  it("writes a page, and its verdict stands beside what it audited until that is another", () =>
    inStudy(pipeline({ words: "--html output/audit.html --policy policy.json" }), async (of) => {
      const { run, write, plan, folder } = of;
      const first = auditIn(await run(["run_all"], LOCAL));
      assert.equal(first.status, "succeeded", first.message);
      const [file] = first.audit?.files ?? [];
      assert.deepEqual(
        [first.audit?.releasable, file?.path, file?.leaks],
        [true, "output/measure_by_sex.csv", 0],
      );
      assert.match(first.notes[0] ?? "", /^Releasable: of \d+ numbers/);
      assert.match(readFileSync(join(folder, "output/audit.html"), "utf8"), /Releasable: of/);
      const good = ["pending: not audited", "succeeded: releasable by the audit of run 1"];
      assert.deepEqual([...new Set(await verdictsIn(of))].sort(), good);
      assert.deepEqual(await plan("run_all"), ["cohorts fresh", "measures fresh", "audit fresh"]);
      const stranger = studyIn(folder, { userState: join(folder, "../state-of-a-stranger") });
      assert.deepEqual(await verdictsIn(stranger), [], "anybody can write a record");
      const measure = readFileSync(join(folder, "output/measure_by_sex.csv"), "utf8");
      write("output/measure_by_sex.csv", `${measure}\n`);
      assert.match((await verdictsIn(of)).join("\n"), /pending: the audit of run 1 is stale/);
      assert.doesNotMatch((await verdictsIn(of)).join("\n"), /releasable/);
      write("output/measure_by_sex.csv", measure);
      // What decides besides the measures.
      write("policy.json", STRICT);
      assert.match((await plan("run_all"))[2] ?? "", /^audit stale: .*policy\.json changed/);
      const second = auditIn(await run(["run_all"], LOCAL));
      assert.equal(second.status, "succeeded", "a verdict is no failure");
      assert.match(second.notes[0] ?? "", /^Not releasable: of \d+ numbers/);
      assert.match(
        (await verdictsIn(of)).join("\n"),
        /failed: not releasable by the audit of run 2: \d+ of its numbers can be worked out/,
      );
      write("analysis/study_definition.ts", study.replace("INCIDENCE", "0.3"));
      await run(["measures"], LOCAL);
      assert.match((await verdictsIn(of)).join("\n"), /pending: the audit of run 2 is stale/);
      assert.match((await verdictsIn(of, "2")).join("\n"), /failed: not releasable by the audit/);
    }));

  it("that is of measures nobody may see is withheld, and said to be before anything runs", async () => {
    const files = pipeline({ measures: "highly_sensitive" });
    assert.match(await told(files), /"output\/audit\.html" of audit .*\[measures-page-withheld\]/);
    await inStudy(files, async (of) => {
      const { run, folder } = of;
      const { outputs, audit } = auditIn(await run(["audit"], LOCAL));
      assert.match(outputs[0]?.withheld ?? "", /: output\/measure_by_sex\.csv$/);
      assert.equal(existsSync(join(folder, "output/audit.html")), false);
      assert.equal(audit?.files.length, 1);
      const log = readFileSync(join(folder, "metadata/audit.log"), "utf8");
      assert.doesNotMatch(log, /sex [FM]/);
      assert.deepEqual(await verdictsIn(of), []);
    });
  });

  it("makes a certificate, which fails it where not all is releasable, and leaves the verdict known", async () => {
    const words = "--certificate output/certificate.json";
    const outputs = "{ shown: output/certificate.json }";
    await inStudy(pipeline({ words, outputs }), async ({ run, folder }) => {
      assert.equal(auditIn(await run(["audit"], LOCAL)).status, "succeeded");
      assert.ok(existsSync(join(folder, "output/certificate.json")));
    });
    const strict = pipeline({ words: `${words} --policy policy.json`, outputs });
    await inStudy({ ...strict, "policy.json": STRICT }, async ({ run, folder }) => {
      const { status, audit, notes } = auditIn(await run(["audit"], LOCAL));
      assert.equal(status, "unmatched_patterns");
      assert.equal(audit?.releasable, false);
      assert.match(notes[0] ?? "", /^Not releasable/);
      assert.ok(!existsSync(join(folder, "output/certificate.json")));
    });
  });

  it("is a problem before anything runs where it would show numbers, or write nothing", async () => {
    for (const [words, message] of [
      ["--html output/audit.html --show-values", /--show-values prints hidden numbers/],
      ["--description all.json --html output/audit.html", /--description names no outputs/],
      ["", /an audit writes --html FILE or --certificate FILE/],
      ["--html output/audit.html --earlier ../other", /project-path/],
      ["--html output/audit.html --known /etc/known.json", /project-path/],
      ["--html output/other.html", /cohort-output-missed/],
      ["--html output/audit.html --shared", /--shared is for the person/],
    ] as const)
      assert.match(await told(pipeline({ words })), message, words);
    assert.equal(await told(pipeline()), "");
  });
});

describe("the verdict beside an output", () => {
  const output = (path: string, sha256: string, more: Partial<RecordedOutput> = {}) => ({
    ...{ path, sha256, level: "moderately_sensitive", bytes: 1, rows: 1, columns: 1 },
    ...{ withheld: null, ...more },
  });
  const runOf = (number: number, outputs: readonly object[], audit: object | null) =>
    ({ number, jobs: [{ outputs, audit }], kept: [] }) as unknown as RunRecord;
  const verdict = (releasable: boolean, files: Readonly<Record<string, string>>) => ({
    releasable,
    files: Object.entries(files).map(([path, sha256]) => ({
      path,
      sha256,
      leaks: 0,
      undecided: 0,
    })),
  });
  const a = output("a.csv", "1");
  const both = [a, output("b.csv", "2")];

  for (const [what, audited, expected] of [
    ["is of the same files", [verdict(true, { "a.csv": "1", "b.csv": "2" })], /^releasable/],
    ["is of this file as it was", [verdict(true, { "a.csv": "0" })], /stale/],
    ["is of another file that changed", [verdict(true, { "a.csv": "1", "b.csv": "0" })], /stale/],
    ["is of a file that is gone", [verdict(true, { "a.csv": "1", "c.csv": "3" })], /stale/],
    ["is of other files", [verdict(true, { "b.csv": "2" })], /^not audited/],
    [
      "is the later one of two",
      [verdict(true, { "a.csv": "1" }), verdict(false, { "a.csv": "1" })],
      /^not releasable by the audit of run 2: others/,
    ],
  ] as const)
    it(`is ${String(expected)} where the audit ${what}`, () => {
      const runs = audited.map((each, at) => runOf(at + 1, both, each));
      assert.match(
        lastAudit(runOf(9, both, null), runs, () => true)(a as RecordedOutput)?.text ?? "",
        expected,
      );
    });

  it("is none where nobody may see the output, or nobody audited", () => {
    const audits = [runOf(1, both, verdict(true, { "a.csv": "1" }))];
    const of = lastAudit(runOf(9, both, null), audits, () => true);
    for (const kept of [{ level: "highly_sensitive" }, { withheld: "shows names" }] as const)
      assert.equal(of({ ...a, ...kept } as RecordedOutput), null);
    assert.equal(lastAudit(runOf(9, both, null), [], () => true)(a as RecordedOutput), null);
  });
});
