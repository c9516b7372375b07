/** A study that starts from the memory of a ready interpreter, against one that starts an interpreter anew. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { loadInterpreter } from "../../engine/python/load-interpreter.ts";
import { packageFiles } from "../../engine/python/package-files.ts";
import { runInterpreter } from "../../engine/python/run-interpreter.ts";
import type { PythonRun } from "../../engine/python/run-interpreter.ts";
import { readStartImage, writeStartImage } from "../../engine/python/start-image-file.ts";
import { makeStartImage } from "../../engine/python/start-image.ts";
import type { StartImage } from "../../engine/python/start-image.ts";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";
import { temporaryFolder } from "../sandbox/temporary-workspace.ts";
import { minimalStudy } from "./python-workspace.ts";

const packages = packageFiles();
const interpreter = await loadInterpreter(defaultLimits.megabytes);
let image: StartImage;

before(async () => {
  image = await makeStartImage(interpreter, packages);
});

function runOf(text: string, from: StartImage | null): Promise<PythonRun> {
  const request = {
    ...{ interpreter, image: from, packages, params: { region: "north" }, made: [] },
    ...{ day: 1_580_515_200_000_000_000n, limits: { ...defaultLimits, seconds: 60 } },
    workspace: temporaryFolder({
      "analysis/study_definition.py": text,
      "analysis/helper.py": "columns = {'a' + str(i): None for i in range(3)}\n",
      "codelists/asthma.csv": "code,kind\n195967001,b\n271737000,a\n",
    }),
    module: "study_definition",
  };
  return runInterpreter(request, { now: () => 0, onStart: () => undefined });
}

/** What could differ: chance, the clock, the order of sets, what is imported, and how a study ends. */
const studies = {
  "chance and clock": `
import datetime, os, random, tempfile, time, uuid
print(random.random(), os.urandom(8).hex(), uuid.uuid4(), time.time(), time.perf_counter())
print(datetime.date.today(), datetime.datetime.now(), {"b", "a", "c", "d"}, hash("text"))
`,
  "what is there": `
import sys, builtins, gc, helper
print(sys.argv, sys.flags, sys.path, sorted(sys.modules), sorted(vars(builtins)), len(sys.meta_path))
print(sys.getrecursionlimit(), gc.isenabled(), gc.get_threshold(), __name__, __file__, helper.columns)
`,
  "codelists and measures": `
from cohortextractor import Measure, codelist_from_csv, filter_codes_by_category, params, patients
asthma = codelist_from_csv("codelists/asthma.csv", system="snomed", column="code", category_column="kind")
some = filter_codes_by_category(asthma, include=["a"])
print(params["region"], asthma, some, patients.with_these_clinical_events(some))
measures = [Measure(id="m", numerator="sex", denominator="population", group_by="sex")]
open("output.txt", "w").write("kept")
`,
  "packages that stand in": `
import io, pandas, numpy, dateutil.parser, matplotlib
print(pandas.read_csv("codelists/asthma.csv")["code"].unique(), numpy.nan)
`,
  "an exception": "import helper\ndef f():\n    raise KeyError('x')\nf()\n",
  "an end of its own": "import sys, atexit\natexit.register(print, 'at the end')\nsys.exit(3)\n",
  "an end of the interpreter": "import os\nos._exit(4)\n",
  "too deep": "def f(n):\n    return f(n + 1)\nf(0)\n",
};

describe("a start image", () => {
  it("gives of every study what an interpreter gives that is started anew", async () => {
    for (const [name, text] of Object.entries(studies)) {
      const whole = `${text}${minimalStudy}`;
      assert.deepEqual(await runOf(whole, image), await runOf(whole, null), name);
    }
  });

  it("holds nothing of the studies that were started from it", async () => {
    const digest = (): string => createHash("sha256").update(image.blocks).digest("hex");
    const whole = digest();
    const leaves = `
import sys, json, cohortextractor
json.left = cohortextractor.left = sys.left = __builtins__["left"] = "left"
cohortextractor.params["left"] = "left"
`;
    const looks = `
import sys, json, cohortextractor
print([hasattr(each, "left") for each in (sys, json, cohortextractor)], "left" in __builtins__, cohortextractor.params)
`;
    await runOf(leaves + minimalStudy, image);
    const { printed } = await runOf(looks + minimalStudy, image);
    assert.equal(printed, "[False, False, False] False {'region': 'north'}\n");
    assert.equal(digest(), whole);
    const again = studies["chance and clock"] + minimalStudy;
    assert.deepEqual(await runOf(again, image), await runOf(again, image));
  });

  it("is used only whole, and only for the packages and the engine it was made of", async () => {
    const folder = mkdtempSync(join(tmpdir(), "start-image-"));
    const [path, code] = [join(folder, "python-start.image"), join(folder, "python-worker.js")];
    const file = pathToFileURL(path);
    writeFileSync(code, "this engine");
    assert.equal(await readStartImage(packages, file), null);
    await writeStartImage(image, packages, file);
    assert.deepEqual({ ...(await readStartImage(packages, file)) }, image);
    const changed = new Map([...packages, ["cohortextractor/more.py", new Uint8Array()]] as const);
    assert.equal(await readStartImage(changed, file), null);
    const bytes = readFileSync(path);
    for (const length of [0, 3, 100, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      assert.equal(await readStartImage(packages, file), null, String(length));
    }
    writeFileSync(path, bytes);
    writeFileSync(code, "another engine");
    assert.equal(await readStartImage(packages, file), null);
  });
});
