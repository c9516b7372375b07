import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guestProgram } from "../../engine/guest-python/guest-words.ts";
import { problem } from "../../engine/guest-python/problems.ts";
import { missingModule } from "../../engine/guest-python/missing-module.ts";
import { inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

const modules = ["pandas", "numpy", "scipy", "json", "os"];

/** `file:line module (nearest)` of what `python analysis/a.py` would miss; "" for nothing. */
async function missing(files: Files, ...words: readonly string[]): Promise<string> {
  let found = "";
  await inWorkspace(files, (folder) => {
    const program = guestProgram(["python", ...(words.length === 0 ? ["analysis/a.py"] : words)]);
    if (program.kind === "cannot") throw new Error(program.why);
    const module = missingModule(program, folder, modules);
    if (module !== null) {
      const place = module.file === undefined ? "" : `${module.file}:${module.line} `;
      found = `${place}${module.module} (${module.nearest.join(", ")})`;
    }
    return Promise.resolve();
  });
  return found;
}

describe("an import that the sandbox cannot satisfy", () => {
  it("is found before the action starts, with its line and the nearest module", async () => {
    const text = "import sys, json\nimport numpy as np\nfrom panda import read_csv\n";
    assert.equal(await missing({ "analysis/a.py": text }), "analysis/a.py:3 panda (pandas)");
  });

  it("is found in the author's own modules too", async () => {
    const files = {
      "analysis/a.py": "import os\nfrom helpers import one\nimport lib.two as two\n",
      "analysis/helpers.py": "import pandas\n",
      "analysis/lib/two.py": "\nimport lifelines\n",
    };
    assert.equal(await missing(files), "analysis/lib/two.py:2 lifelines ()");
  });

  it("is found in the words that name a module", async () => {
    const files = { "analysis/a.py": "", "tools/own/__init__.py": "" };
    assert.equal(await missing(files, "-m", "pandos.tests"), "pandos (pandas)");
    for (const name of ["json.tool", "analysis.a", "own", "pandas"]) {
      assert.equal(await missing(files, "-m", name), "", name);
    }
  });

  it("is none where a module of that name lies in any folder: it may be put on the path", async () => {
    const text =
      "import sys\nsys.path.append('../lib')\nimport charts\nimport tools\nimport venn\n";
    const files = {
      "notebooks/a.py": text,
      "lib/charts.py": "",
      "analysis/deep/tools/part.py": "",
    };
    assert.equal(await missing(files, "notebooks/a.py"), "notebooks/a.py:5 venn ()");
  });

  it("is none where a helper loads it for charts that the action may not draw", async () => {
    const helper = "import plotly.graph_objects as go\n";
    assert.equal(await missing({ "analysis/a.py": "import b\n", "analysis/b.py": helper }), "");
    assert.equal(await missing({ "analysis/a.py": helper }), "analysis/a.py:1 plotly ()");
  });

  it("is told with the nearest names, or with the other ways alone", () => {
    const hint = (nearest: readonly string[]): string =>
      problem("sandbox-module-missing", { action: "a", module: "venn", nearest }).hint;
    assert.match(hint(["seaborn"]), /"seaborn".* Or run it with --python container/);
    assert.match(hint([]), /^Run it with --python container/);
  });

  it("is found where pandas needs it for a kind of file, wherever that stands", async () => {
    const text = "import pandas as pd\ndef load(f):\n    return pd.read_orc(f)\n";
    assert.equal(await missing({ "analysis/a.py": text }), "analysis/a.py:3 pyarrow ()");
    for (const line of ["df.to_parquet('x')", "    d = pandas.read_orc ('x')"]) {
      assert.equal(await missing({ "analysis/a.py": line }), "analysis/a.py:1 pyarrow ()");
    }
    assert.equal(
      await missing({ "analysis/a.py": "# pd.read_orc(f)\nto_orc = 1\npd.read_feather(f)\n" }),
      "",
    );
  });

  it("is none where the author may do without: in a block, in a text, in a comment", async () => {
    const text = [
      '"""',
      "import rpy2",
      '"""',
      "# import duckdb",
      "try:",
      "    import pyarrow",
      "except ImportError:",
      "    pyarrow = None",
      "from . import sibling",
      "import pandas as pd  # the rest",
    ].join("\n");
    assert.equal(await missing({ "analysis/a.py": text, "analysis/sibling.py": "" }), "");
  });
});
