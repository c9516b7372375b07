/** Bands of ages in measures taken straight from a database: what the manifest says of them links two files, and nothing else does. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { AuditResult } from "../../engine/audit/audit-result.ts";
import type { ColumnCut } from "../../engine/measures/column-cut.ts";
import { complementOf } from "../../engine/measures/value-set.ts";
import type { NumberSet, ValueSet } from "../../engine/measures/value-set.ts";
import { cohortline } from "../commands/workspace.ts";
import { measured, store } from "./measured-ages.ts";
import type { Folder } from "./measured-ages.ts";

async function auditOf(folder: string, into: Folder): Promise<AuditResult> {
  const { out, err } = await cohortline(folder, ["audit", `--output-dir=${into}`, "--json"]);
  assert.notEqual(out, "", err);
  const result = JSON.parse(out) as AuditResult;
  const { notModelled } = result;
  // Whoever is ill stays so, which is not followed where there are two studies and more.
  const isOfDates = (note: string): boolean =>
    /^columns ill, which never go back, are not compared across dates: .* of several/.test(note);
  assert.equal(notModelled.filter(isOfDates).length, into === "releasable" ? 0 : 1);
  return { ...result, notModelled: notModelled.filter((note) => !isOfDates(note)) };
}

interface Manifest {
  readonly files: Readonly<Record<string, { readonly published?: Published }>>;
}

interface Published {
  cuts?: Cuts;
  readonly cohorts: Record<string, { records?: string }>;
}

type Cuts = Record<string, Mutable<ColumnCut>>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What is said of the groups of a measure's file, to be changed where `change` is given. */
function cutsIn(
  folder: string,
  into: Folder,
  id: string,
  change?: (published: Published) => void,
): Cuts {
  const path = join(folder, into, "cohortline.manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  const published = manifest.files[`measure_${id}.csv`]?.published;
  assert.ok(published?.cuts !== undefined, id);
  const { cuts } = published;
  change?.(published);
  if (change !== undefined) writeFileSync(path, JSON.stringify(manifest));
  return cuts;
}

function own(cuts: Cuts | undefined, column: string): Mutable<ColumnCut> {
  const found = cuts?.[column];
  assert.ok(found !== undefined, column);
  return found;
}

/** By label, where its numbers begin and end. */
const turnsOf = ({ labels }: ColumnCut): object =>
  Object.fromEntries(
    (labels ?? []).map(({ label, values }) => [
      label,
      values.kind === "numbers" ? [values.low, ...values.turns.map(String)] : values,
    ]),
  );

const all = ["rare_by_age_band", "rare_by_age_group", "ill_by_age_band_age_group"];

type Change = (cut: Mutable<ColumnCut>) => void;

const withValues =
  (change: (values: NumberSet) => ValueSet): Change =>
  (cut) => {
    cut.labels = (cut.labels ?? []).map(({ label, values }) => ({
      label,
      values: values.kind === "numbers" ? change(values) : values,
    }));
  };

const moved = (by: number): Change =>
  withValues((values) => ({
    ...values,
    turns: values.turns.map(([at, after]) => [at === 40 ? at + by : at, after]),
  }));

const changes: Readonly<Record<string, Change>> = {
  "asked otherwise": (cut) => {
    cut.base = "0123456789abcdef";
  },
  "turned round": withValues(complementOf),
  "from 39": moved(-1),
  "from 41": moved(1),
  "of one label less": (cut) => {
    cut.labels = cut.labels?.slice(1) ?? null;
  },
};

const unsafe = ({ cells }: AuditResult): readonly string[] =>
  cells.flatMap((cell) =>
    cell.unsafe ? [`${cell.groups["age_band"] ?? ""}: ${cell.min} to ${String(cell.max)}`] : [],
  );

describe("bands of ages in measures from a database", () => {
  it("are in the manifest, by the question that both studies ask under a name of their own", () =>
    measured((folder) => {
      const band = own(cutsIn(folder, "linked", "ill_by_age_band"), "age_band");
      const group = own(cutsIn(folder, "linked", "ill_by_age_group"), "age_group");
      assert.deepEqual([band.name, group.name, group.base], ["age", "years", band.base]);
      assert.deepEqual(turnsOf(group), { "0-39": [true, "40,0"], "40+": [false, "40,0"] });
      assert.deepEqual(turnsOf(band), {
        "0-7": [true, "8,0"],
        "8-15": [false, "8,0", "16,0"],
        "16-23": [false, "16,0", "24,0"],
        "24-31": [false, "24,0", "32,0"],
        "32-39": [false, "32,0", "40,0"],
        "40-59": [false, "40,0", "60,0"],
        "60+": [false, "60,0"],
      });
    }));

  it("of two studies of the same patients tell together what they hide apart", () =>
    measured(async (folder) => {
      const result = await auditOf(folder, "linked");
      assert.deepEqual(result.notModelled, []);
      const columns = ["age", "age_band", "age_group"];
      assert.deepEqual(result.facts, [{ kind: "cuts", columns, from: "study" }]);
      const young = ["0-7", "16-23", "24-31", "32-39"].map((band) => `${band}: 1 to 2`);
      const old = ["40-59: 4 to 5", "60+: 4 to 5"];
      const atOneDate = [...young, ...old, "8-15: 1 to 2"];
      assert.deepEqual(unsafe(result), [...atOneDate, ...atOneDate]);
    }));

  it("tell nothing of other patients, of answers to another question, or of a date of birth at another date, of which it is said once", () =>
    measured(async (folder) => {
      const result = await auditOf(folder, "apart");
      assert.deepEqual([result.facts, unsafe(result), result.contradiction], [[], [], null]);
      const bands = result.cells.filter(({ groups }) => "age_band" in groups);
      assert.equal(bands.length, 14);
      for (const { verdict, min, max } of bands)
        assert.deepEqual([verdict, min, max], ["safe", 1, 5]);
      assert.deepEqual(result.notModelled, [
        "columns age_band, then_group are all made from the date of birth: how one cuts the numbers of another is not known",
      ]);
    }));

  /** As other manifests say it, or say nothing. */
  const unknown: Readonly<Record<string, (published: Published) => void>> = {
    "its file does not tell what the study says of it": (published) => {
      delete published.cuts;
    },
    "it is not of the study": (published) => {
      published.cuts = {};
    },
    "it has a label that the study does not give it": ({ cuts }) => {
      const { labels } = own(cuts, "age_band");
      own(cuts, "age_band").labels = labels?.slice(1) ?? null;
    },
    "a label is no whole number": ({ cuts }) => {
      own(cuts, "age_band").labels = null;
    },
    "numbers with fractions are printed in another way than they are compared": ({ cuts }) => {
      Object.assign(own(cuts, "age_band"), { labels: null, answers: "number" });
    },
  };
  it("are linked with nothing where what is said of them is not known to hold, of which it is said once, and why", () =>
    measured(async (folder) => {
      for (const [why, change] of Object.entries(unknown)) {
        cpSync(join(store, "linked"), join(folder, "linked"), { recursive: true });
        cutsIn(folder, "linked", "ill_by_age_band", change);
        const { facts, notModelled } = await auditOf(folder, "linked");
        assert.deepEqual(facts, []);
        assert.deepEqual(notModelled, [
          `column age_band: ${why}, so that it is not known whether it cuts the same numbers as age_group`,
        ]);
      }
    }));

  it("are linked with nothing where files say different things of them", () =>
    measured(async (folder) => {
      cutsIn(folder, "releasable", "rare_by_age_band", ({ cuts }) => {
        own(cuts, "age_band").base = "0123456789abcdef";
      });
      const { facts, notModelled } = await auditOf(folder, "releasable");
      assert.deepEqual(facts, []);
      assert.deepEqual(notModelled, [
        "column age_band: files were made with other definitions of it, so that it is not known whether it cuts the same numbers as age_group",
      ]);
    }));

  it("are linked at dates at which they are known to be of the same records, and at no others", () =>
    measured(async (folder) => {
      cutsIn(folder, "linked", "ill_by_age_group", ({ cohorts }) => {
        cohorts["2020-02-01"] = { ...cohorts["2020-02-01"], records: "others" };
      });
      const { cells, notModelled } = await auditOf(folder, "linked");
      const dates = cells.filter((cell) => cell.unsafe).map(({ date }) => date);
      assert.deepEqual([...new Set(dates)], ["2020-01-01"]);
      assert.deepEqual(notModelled, [
        "columns age_band, age_group are all made from the date of birth: how one cuts the numbers of another is not known",
      ]);
    }));

  it("stand in no note where a file shows them together, though nobody knows how one cuts the other", () =>
    measured(async (folder) => {
      for (const id of all.filter((each) => each.includes("age_band")))
        cutsIn(folder, "releasable", id, ({ cuts }) => {
          own(cuts, "age_band").base = "0123456789abcdef";
        });
      const { facts, notModelled } = await auditOf(folder, "releasable");
      assert.deepEqual([facts, notModelled], [[], []]);
    }));

  it("are what a certificate holds for, and for no others", () =>
    measured(async (folder) => {
      const made = ["audit", "--output-dir=releasable", "--certificate=yes.json"];
      const { code, out, err } = await cohortline(folder, made);
      assert.equal(code, 0, out + err);
      const verified = () =>
        cohortline(folder, ["verify-certificate", "yes.json", "--output-dir=releasable"]);
      assert.match((await verified()).out, /^The certificate holds: 24 numbers have tables/);
      for (const [says, change] of Object.entries(changes))
        for (const ids of [["rare_by_age_group"], all]) {
          cpSync(join(store, "releasable"), join(folder, "releasable"), { recursive: true });
          for (const id of ids)
            cutsIn(folder, "releasable", id, ({ cuts = {} }) => {
              for (const cut of Object.values(cuts)) change(cut);
            });
          const isAsBefore = says === "asked otherwise" && ids === all;
          const { code: holds, out: told } = await verified();
          assert.equal(holds, isAsBefore ? 0 : 1, `${says} in ${ids.join()}: ${told}`);
        }
    }));
});
