/** The example study's own measures: what they give away, why, and the repair after which they do not. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { AuditedCell, AuditResult } from "../../engine/audit/audit-result.ts";
import { auditCertified, USUAL_BUDGET } from "../../engine/audit/audit.ts";
import type { RepairAction } from "../../engine/audit/repair/repairs-file.ts";
import { readFolders } from "../../engine/commands/audit-source.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

const STUDY = "analysis/study_definition.ts";

function exampleStudy(): Files {
  const folder = join(import.meta.dirname, "../../study-definitions/aftershocks");
  const codelists = readdirSync(join(folder, "codelists")).map((file) => `codelists/${file}`);
  const paths = ["project.yaml", STUDY, ...codelists];
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** How many leaks there are of each kind: quantity, groups, date, how it is proved, what is possible. */
function leaksOf({ cells, proofs }: AuditResult): Readonly<Record<string, number>> {
  const leaks: Record<string, number> = {};
  for (const cell of cells.filter(({ unsafe }) => unsafe)) {
    const { quantity, groups, date, min, max, values, proof = "" } = cell;
    const kind = proofs[proof]?.kind ?? "no proof";
    const possible = values?.join(" or ") ?? (min === max ? String(min) : `${min} to ${max ?? ""}`);
    const key = `${quantity} by ${Object.keys(groups).join()} ${date}: ${possible} (${kind})`;
    leaks[key] = (leaks[key] ?? 0) + 1;
  }
  return leaks;
}

function tableOf(action: RepairAction): string {
  return "withhold" in action ? `${action.withhold.measure} ${action.withhold.date}` : "other";
}

/** The folder's measures, and nothing besides. */
const all = {
  ...{ outputDir: undefined, studyDefinition: "all", earlier: [] },
  ...{ known: undefined, policy: undefined },
};

const measures = ["generate_measures", "--output-dir", "output"];

async function audited(folder: string, ...words: string[]): Promise<AuditResult> {
  const { out, err } = await cohortline(folder, ["audit", "--json", ...words]);
  assert.match(out, /"audit"/, out + err);
  return JSON.parse(out) as AuditResult;
}

describe("the example study", () => {
  it("gives numbers away in April and May; the cheapest repair ends that, planted leaks begin it again", async () => {
    await inWorkspace(exampleStudy(), async (folder) => {
      const cohorts = ["generate_cohort", "--expectations-population=1000"];
      const dates = ["--index-date-range", "2020-04-01 to 2020-05-01 by month"];
      const drawn = await cohortline(folder, [...cohorts, ...dates, "--output-dir", "output"]);
      assert.equal(drawn.code, 0, drawn.err);
      await cohortline(folder, measures);
      const before = await audited(folder, "--repair", "repairs.json");
      assert.equal(before.releasable, false);
      assert.deepEqual(leaksOf(before), {
        "deep_vein_thrombosis by practice 2020-04-01: 1 to 2 (sum)": 19,
        "heart_failure by age_band 2020-04-01: 3 or 11 (cases)": 4,
        "pulmonary_embolism by practice 2020-04-01: 1 to 2 (sum)": 9,
        "pulmonary_embolism by practice 2020-05-01: 1 to 2 (sum)": 9,
        "pulmonary_embolism by stp 2020-05-01: 1 to 2 (sum)": 9,
      });
      assert.deepEqual(before.undecided, []);
      const { description } = await readFolders(all, folder);
      const solveProgram = (): never => assert.fail("HiGHS is not needed here");
      auditCertified(description, { budget: USUAL_BUDGET, certifies: false, solveProgram });
      const total = Object.values(before.proofs).find(({ figures }) =>
        figures.some((figure) => figure.includes("pulmonary_embolism_by_practice")),
      );
      assert.match(
        total?.steps.map(({ says }) => says).join("\n") ?? "",
        /by_population.csv, 2020-0[45]-01: pulmonary_embolism is \d+\n[^]*9 are hidden\nWith their sums, what is left is 1 to 2/,
      );
      // By the least that is lost: a total, or one of the larger numbers beside those that are hidden.
      const [repair] = before.repairs;
      assert.deepEqual(repair?.actions.map(tableOf).sort(), [
        "deep_vein_thrombosis_by_population 2020-04-01",
        "deep_vein_thrombosis_by_sex 2020-04-01",
        "heart_failure_by_age_band 2020-04-01",
        "pulmonary_embolism_by_population 2020-04-01",
        "pulmonary_embolism_by_population 2020-05-01",
      ]);
      await cohortline(folder, [...measures, "--repairs", "repairs.json"]);
      const after = await audited(folder);
      assert.deepEqual(leaksOf(after), {});
      assert.equal(after.releasable, true);
      await planted(folder);
    });
  });
});

/** Each found in the repaired measures, by what names it. */
async function planted(folder: string): Promise<void> {
  const isNamed = ({ cells, proofs }: AuditResult, told: RegExp): boolean =>
    cells.some(
      ({ unsafe, proof }: AuditedCell) =>
        unsafe && told.test(JSON.stringify(proofs[proof ?? ""]?.figures ?? [])),
    );
  // A number that others have: the total that the repair withholds.
  const number = { quantity: "pulmonary_embolism", date: "2020-05-01", groups: {}, value: 10 };
  writeFileSync(join(folder, "known.json"), JSON.stringify([number]));
  const known = await audited(folder, "--known", "known.json");
  assert.ok(isNamed(known, /pulmonary_embolism_by_practice/), "a known total");

  // What was released before with nothing hidden in it.
  const text = readFileSync(join(folder, STUDY), "utf8");
  cpSync(join(folder, "output"), join(folder, "earlier"), { recursive: true });
  const bare = text.replace(
    "smallNumberSuppression: true",
    'smallNumberSuppression: group !== "stp"',
  );
  writeFileSync(join(folder, STUDY), bare);
  await cohortline(folder, ["generate_measures", "--output-dir", "earlier"]);
  const earlier = await audited(folder, "--earlier", "earlier");
  assert.ok(isNamed(earlier, /earlier\/measure_\w+_by_stp/), "an earlier release");
}
