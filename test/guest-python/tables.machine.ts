/** Feather and parquet in the real sandbox, as pandas has them: `npm run test:sandbox`. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findSandbox, startGuest } from "../../engine/guest-python/sandbox.ts";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { actions } from "./sandboxed-study.ts";

/** Neither Docker nor Python is found. */
const bare = { PATH: "/nowhere", DATABASE_URL: "" };

const found = await findSandbox(process.env, process.versions.node);

/** `analysis/reads.py` with files that the engine is said to have written; what it printed. */
function inSandbox(workspace: string, home: string, byEngine: readonly string[]): string {
  if (typeof found === "function") throw new Error(found("reads").message);
  const words = ["python", "analysis/reads.py"];
  const asked = { action: "reads", image: "python", version: "v3", words };
  const { program, words: started } = startGuest(found, {
    ...{ asked, workspace, byEngine, home, memory: "2G", seed: null, timeout: 60 },
    node: process.execPath,
  });
  return execFileSync(program, started, { env: {}, encoding: "utf8" });
}

describe("actions in the sandbox", () => {
  it("read and write feather with the values and types that pandas 2 has with pyarrow", async () => {
    const recorded = join(import.meta.dirname, "recorded");
    const reads = `
import io, json
import pandas as pd
from described import described
pd.options.future.infer_string = False
wanted = json.load(open("data/table.json"))
frame = pd.read_feather("data/table.feather")
frame.to_feather("output/copy.feather")
some = pd.read_feather(io.BytesIO(open("data/table.feather", "rb").read()), columns=["text", "patient_id"])
got = {"feather": frame, "copy": pd.read_feather("/workspace/output/copy.feather"), "some": some}
wanted["copy"] = wanted["feather"]
differ = {name: described(got[name]) for name in got if described(got[name]) != wanted[name]}
refused = []
for act in (
    lambda: pd.read_feather("data/none.feather"),
    lambda: pd.read_feather("data/table.json"),
    lambda: pd.read_parquet("data/table.parquet"),
    lambda: pd.read_feather("data/table.feather", columns=["other"]),
    lambda: frame.set_index("text").to_feather("x.feather"),
    lambda: pd.DataFrame({"a": [1, "x"]}).to_feather("x.feather"),
):
    try: act()
    except Exception as error: refused.append(f"{type(error).__name__}: {error}"[:60])
packed = pd.DataFrame({"a": ["007"], "n": [0.1]})
packed.to_csv("output/packed.csv.gz", index=False)
again = pd.read_csv("output/packed.csv.gz", dtype={"a": str})
json.dump([differ, refused, again.equals(packed)], open("output/found.json", "w"))
`;
    const files = {
      "analysis/reads.py": reads,
      "output/.gitkeep": "",
      ...actions({
        reads: {
          ...{
            run: "python analysis/reads.py",
            output: "output/found.json",
            level: "highly_sensitive",
          },
          version: "v3",
        },
      }),
    };
    await inWorkspace(files, async (folder) => {
      for (const name of ["table.feather", "table.parquet", "table.json"]) {
        cpSync(join(recorded, name), join(folder, "data", name));
      }
      cpSync(join(recorded, "described.py"), join(folder, "analysis/described.py"));
      const { code, out, err } = await alone(folder, ["run", "reads"], bare);
      assert.equal(code, 0, out + err);
      const found: unknown = JSON.parse(readFileSync(join(folder, "output/found.json"), "utf8"));
      const refused = [
        "FileNotFoundError: [Errno 44] No such file or directory: 'da",
        'ValueError: The file "/workspace/data/table.json" is not a f',
        "ValueError: of parquet the sandbox reads only what an action",
        "ValueError: Field named 'other' not found or not unique in t",
        "ValueError: feather does not support serializing a non-defau",
        "ValueError: column 'a' holds values of several types or of o",
      ];
      assert.deepEqual(found, [{}, refused, true]);
    });
  });

  it("read parquet that the engine wrote with the values and types that pandas 2 has with pyarrow", async () => {
    const reads = `
import json
import pandas as pd
from described import described
pd.options.future.infer_string = False
wanted = json.load(open("data/table.json"))["parquet"]
# A parquet file does not say the order of categories: it gives what they stand for.
wanted["columns"]["category"] = ["object", [v if v != "float: nan" else "NoneType: None" for v in wanted["columns"]["category"][1]]]
print(described(pd.read_parquet("data/table.parquet")) == wanted)
pd.read_parquet("data/table.parquet").to_csv("data/table.parquet")
try: pd.read_parquet("data/table.parquet")
except ValueError as error: print(error)
`;
    await inWorkspace({ "study/analysis/reads.py": reads, "home/.keep": "" }, (folder) => {
      const study = join(folder, "study");
      for (const name of ["table.parquet", "table.json"])
        cpSync(join(import.meta.dirname, "recorded", name), join(study, "data", name));
      cpSync(
        join(import.meta.dirname, "recorded/described.py"),
        join(study, "analysis/described.py"),
      );
      const said = inSandbox(study, join(folder, "home"), ["data/table.parquet"]);
      assert.match(said, /^True\n.*reads only what an action of cohortline's own made/);
      return Promise.resolve();
    });
  });
});
