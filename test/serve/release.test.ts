/** A release from the pages of a served study: what can be chosen, what is found of it, and the pack. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { cohortline, contentsOf } from "../commands/workspace.ts";
import { measuredStudy } from "./measured-study.ts";
import { inServedRun, outputNamed } from "./served-run.ts";
import type { Ran } from "./served-run.ts";
import type { Answer, Serving } from "./serving.ts";

const SAFE = ["output/measure_by_sex.csv", "output/measure_by_region.csv"];
const LEAKS = "output/measure_plain.csv";
const WITHHELD = "other/measure_withheld.csv";

describe("a release from a page", () => {
  it("is of measures that were let out and of nothing else, and says and packs what the commands do", async () => {
    await inServedRun([], measuredStudy, async (serving, ran) => {
      const { run, folder } = ran;
      await offersWhatWasLetOut(serving, run);
      await refusesAllElse(serving, run);
      await saysWhyNot(serving, ran);
      const found = await examined(serving, run, { files: SAFE });
      assert.equal(found.text.match(/>Met</g)?.length, 8, found.text);
      assert.match(
        found.text,
        /measure_by_sex\.csv<\/td>\s*<td class="status succeeded">releasable/,
      );
      assert.deepEqual(packsIn(folder), []);
      await packed(serving, found.path);
      await isAsTheCommandPacks(ran);
      const taken = await order(serving, run, { files: SAFE });
      assert.equal(taken.status, 409);
      assert.match(taken.text, /There is a release run-1 already/);
      const next = { files: SAFE, name: "next", earlier: PACK };
      const later = await examined(serving, run, next);
      assert.match(later.text, /released before: metadata\/releases\/run-1/);
      assert.equal(later.text.match(/>Met</g)?.length, 8);
      changeWithManifest(folder, run);
      assert.match((await order(serving, run, next)).text, /is not as the run made it/);
      assert.match(
        await packed(serving, later.path),
        /measure_by_sex\.csv.*release-files-changed/s,
      );
      assert.deepEqual(packsIn(folder), ["run-1"]);
    });
  });
});

async function refusesAllElse(serving: Serving, run: RunRecord): Promise<void> {
  const hidden: readonly (readonly [string, RegExp])[] = [
    [WITHHELD, /measure_withheld\.csv was withheld/],
    ["output/input_2020-01-01.csv", /is highly sensitive/],
    ["other/notes.txt", /notes\.txt is no measure/],
  ];
  for (const [file, message] of hidden) {
    for (const files of [[file], [...SAFE, file]]) {
      const answer = await order(serving, run, { files });
      assert.equal(answer.status, 403, file);
      assert.match(answer.text, message);
    }
  }
  const odd: readonly (readonly [Order, RegExp])[] = [
    [{ files: [] }, /No file was chosen/],
    [{ files: SAFE, name: "../up" }, /A release needs a name/],
    [{ files: SAFE, earlier: "" }, /It was not said/],
    [{ files: SAFE, earlier: "../elsewhere" }, /is not in this study/],
    [{ files: SAFE, hash: "0".repeat(64) }, /made no such output/],
  ];
  for (const [asked, message] of odd) {
    assert.match((await order(serving, run, asked)).text, message);
  }
  assert.equal((await serving.ask(`/reviews/${"0".repeat(16)}`)).status, 404);
}

const PACK = "metadata/releases/run-1";

interface Order {
  readonly files: readonly string[];
  readonly hash?: string;
  readonly name?: string;
  readonly context?: string;
  readonly earlier?: string;
}

async function offersWhatWasLetOut({ ask }: Serving, run: RunRecord): Promise<void> {
  const { text } = await ask(`/runs/${run.id}/release`);
  const offered = [...text.matchAll(/name="file" value="(\w+)"/g)].map(([, hash]) => hash);
  assert.deepEqual(offered.sort(), [...SAFE, LEAKS].map((path) => outputNamed(run, path)).sort());
  assert.match(text, /measure_withheld\.csv withheld: it /);
  assert.match(text, /notes\.txt is no measure/);
  assert.match(text, /2 files: highly sensitive, and never released/);
  assert.match(text, /6 files: a measure at one date/);
  assert.doesNotMatch(text, /measure_by_sex_2020/);
  const found = await ask("/search?for=By_Sex");
  assert.match(
    found.text,
    new RegExp(`outputs/${outputNamed(run, SAFE[0] ?? "")}">output/measure`),
  );
}

/** Every check that is not met, with proofs in words and without the number. */
async function saysWhyNot(serving: Serving, { run, folder }: Ran): Promise<void> {
  const { text } = await examined(serving, run, { files: [...SAFE, LEAKS], context: " " });
  assert.equal(text.match(/>Not met</g)?.length, 4);
  assert.match(text, /says nothing of what the measures are about/);
  assert.match(text, /measure_plain\.csv: column \w+ is not rounded/);
  assert.match(text, /hidden or small numbers can be worked out/);
  assert.match(text, /(?:only one value is|fewer than \d+ values are) possible[^]*Used are/);
  assert.doesNotMatch(text, /what is left is|Make the pack/);
  const { out } = await cohortline(folder, ["audit"]);
  const leaks = Number(/(\d+) can be worked out/.exec(out)?.[1]);
  assert.ok(leaks > 0);
  assert.match(text, new RegExp(`${leaks} hidden or small numbers can be worked out`));
}

async function order(serving: Serving, run: RunRecord, asked: Order): Promise<Answer> {
  const { files, hash, name = "run-1", context = "Why.", earlier } = asked;
  const fields: (readonly [string, string])[] = [
    ["name", name],
    ["context", context],
    ...files.map((path) => ["file", hash ?? outputNamed(run, path)] as const),
    ...(earlier === undefined ? [["first", "1"] as const] : []),
    ...(earlier === undefined || earlier === "" ? [] : [["earlier", earlier] as const]),
  ];
  return serving.send(`/runs/${run.id}/reviews`, fields);
}

async function examined(serving: Serving, run: RunRecord, asked: Order) {
  const { status, headers, text } = await order(serving, run, asked);
  assert.equal(status, 303, text);
  const path = headers.location ?? "";
  return { path, text: await settled(serving, path) };
}

async function packed(serving: Serving, path: string): Promise<string> {
  assert.equal((await serving.send(`${path}/pack`, [])).status, 303);
  return settled(serving, path);
}

/** The page once nothing is under way; whoever looks too late is told at once. */
async function settled({ ask, event }: Serving, path: string): Promise<string> {
  for (;;) {
    const { text } = await ask(path);
    if (!text.includes('class="running"')) return text;
    await event(`${path}/events`, "changed", () => true);
  }
}

function packsIn(folder: string): readonly string[] {
  const place = join(folder, "metadata/releases");
  return existsSync(place) ? readdirSync(place) : [];
}

/** Only the hash of what was chosen tells. */
function changeWithManifest(folder: string, run: RunRecord): void {
  const [path = ""] = SAFE;
  appendFileSync(join(folder, path), "\n");
  const now = createHash("sha256")
    .update(readFileSync(join(folder, path)))
    .digest("hex");
  const manifest = join(folder, "output/cohortline.manifest.json");
  const text = readFileSync(manifest, "utf8").replaceAll(outputNamed(run, path), now);
  writeFileSync(manifest, text);
}

/** All bytes of it, once what was not chosen is gone. */
async function isAsTheCommandPacks({ folder }: Ran): Promise<void> {
  writeFileSync(join(folder, "why.txt"), "Why.");
  rmSync(join(folder, LEAKS));
  const words = ["release", "--to", "two", "--context", "why.txt", "--first-release"];
  const { code, err } = await cohortline(folder, words);
  assert.equal(code, 0, err);
  assert.deepEqual(contentsOf(join(folder, PACK)), contentsOf(join(folder, "two")));
}
