/** What actions find in the place of packages and programs that are not there: `npm run test:sandbox`. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { actions } from "./sandboxed-study.ts";

const bare = { PATH: "/nowhere", DATABASE_URL: "" };

/** A notebook that another action runs, deciles by hand, and git as in a folder that is no repository. */
const WRITES = `
import io, json, os, subprocess
import nbformat as nbf
import numpy as np
import pandas as pd
from ebmdatalab import charts
book = nbf.v4.new_notebook()
book["cells"] = [nbf.v4.new_markdown_cell("# Made"), nbf.v4.new_code_cell("print('one'.upper())\\nprint('two'.upper())")]
book.cells.append(nbf.v4.new_code_cell("table.style.hide_index().set_properties(**{'text-align': 'left'})"))
book.cells[1]["source"] += "\\nimport pandas as pd; table = pd.DataFrame({'name': ['Wa<lk'], 'share': [0.5]})"
os.makedirs("made")
nbf.write(book, "made/made.ipynb")
again = nbf.read("made/made.ipynb", as_version=4)
months = pd.to_datetime(["2020-01-01", "2020-02-01"]).repeat(101)
rates = pd.DataFrame({"month": months, "rate": np.tile(np.arange(101), 2)})
deciles = charts.add_percentiles(rates, "month", "rate")
plt = charts.deciles_chart(rates, period_column="month", column="rate", title="Deciles", show_outer_percentiles=False)
plt.savefig(io.BytesIO())
git = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True)
try: subprocess.check_output("git status", shell=True)
except subprocess.CalledProcessError as error: status = error.returncode
try: subprocess.run(["ls", "."])
except OSError as error: refused = str(error)
found = [str(again.cells[1].source.count("\\n")), len(deciles), [*deciles.columns], deciles.query("percentile == 29 or percentile == 90").rate.tolist()]
from charted import Variable, go, make_subplots
for draw in (make_subplots, Variable, lambda: go.Figure(), lambda: go.layout.XAxis()):
    try: draw()
    except ModuleNotFoundError as error: found[0] += " no" * str(error).endswith("(in the sandbox)")
found += [len(plt.gca().lines), git.returncode, git.stdout, status, refused]
json.dump(found, open("made/found.json", "w"))
`;

describe("an action in the sandbox", () => {
  it("writes and runs notebooks, draws deciles and asks git, with nothing of them installed", async () => {
    const files = {
      "analysis/writes.py": WRITES,
      "analysis/charted.py":
        "import plotly.graph_objects as go\nfrom plotly.subplots import make_subplots\nfrom tkinter import Variable\n",
      "analysis/lacks.py": "def load():\n    import lifelines\nload()\n",
      ...actions({
        writes: {
          run: "python analysis/writes.py",
          output: ["made/made.ipynb", "made/found.json"],
          level: "highly_sensitive",
        },
        shows: {
          ...{ image: "jupyter", version: "v1", needs: ["writes"], output: "page.html" },
          run: "jupyter nbconvert made/made.ipynb --execute --to html --output ../page.html",
        },
        lacks: { run: "python analysis/lacks.py", output: "none.csv" },
      }),
    };
    await inWorkspace(files, async (folder) => {
      const words = ["run", "shows", "lacks", "--continue-on-error", "--python", "sandbox"];
      const { out, err } = await alone(folder, words, bare);
      const found: unknown = JSON.parse(readFileSync(join(folder, "made/found.json"), "utf8"));
      assert.deepEqual(
        found,
        [
          ...["2 no no no no", 54, ["month", "percentile", "rate"], [90, 90], 9, 128, "", 128],
          "[Errno 58] no other program can be run (in the sandbox): 'ls'",
        ],
        out + err,
      );
      const page = readFileSync(join(folder, "page.html"), "utf8");
      assert.match(page, /<h1[^>]*>Made<\/h1>[\s\S]*ONE\nTWO[\s\S]*<td>Wa<\/td>|Wa&lt;lk/);
      assert.match(page, /0\.500000/);
      const log = readFileSync(join(folder, "metadata/lacks.log"), "utf8");
      assert.match(
        log,
        /line 2, in load[\s\S]*No module named 'lifelines'\n.*does not have lifelines.*--python container/,
      );
      assert.doesNotMatch(log, /site-packages/);
    });
  });
});
