/** Notebooks as project.yaml has them run, in the real sandbox: `npm run test:sandbox`. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { actions, notebookOf, taggedNotebook } from "./sandboxed-study.ts";

/** Neither Docker nor Python nor Jupyter is found. */
const bare = { PATH: "/nowhere", DATABASE_URL: "" };

/** Of each cell its tag and its code: what it prints is in capitals, what it is written in is not. */
const notebook = taggedNotebook([
  [[], "print('plain'.upper())"],
  [["hide"], "print('hidden'.upper())"],
  [["quiet"], "print('entry'.upper())"],
  [["silent"], "print('output'.upper())"],
]);

const CONVERT = "jupyter nbconvert --execute --to html";

interface Ending {
  readonly run: string;
  readonly output: string;
  /** Of the page, or of what was said. */
  readonly shows: readonly RegExp[];
  readonly hides?: readonly RegExp[];
  /** Where the page lies, unless it is at its place. */
  readonly page?: string | null;
}

const endings: Readonly<Record<string, Ending>> = {
  folder: {
    run: `${CONVERT} /workspace/notebooks/n.ipynb --output-dir=/workspace/output --ExecutePreprocessor.timeout=86400`,
    output: "output/n.html",
    shows: [/PLAIN/, /plain/, /HIDDEN/],
  },
  beside: {
    run: `${CONVERT} notebooks/n.ipynb --output named --no-input --template basic`,
    output: "notebooks/named.html",
    shows: [/PLAIN/, /HIDDEN/],
    hides: [/plain/],
  },
  above: {
    run: `${CONVERT} notebooks/n.ipynb --output=../output/above.html --debug`,
    output: "output/above.html",
    shows: [/PLAIN/],
  },
  tags: {
    run: `${CONVERT} notebooks/n.ipynb --output-dir output --output tags --TagRemovePreprocessor.enabled=True --TagRemovePreprocessor.remove_cell_tags='{"hide"}' --TagRemovePreprocessor.remove_input_tags='{"quiet", "other"}' --TagRemovePreprocessor.remove_all_outputs_tags=silent`,
    output: "output/tags.html",
    shows: [/PLAIN/, /plain/, /ENTRY/, /output/],
    hides: [/HIDDEN/, /hidden/, /entry/, /OUTPUT/],
  },
  fails: {
    run: `${CONVERT} notebooks/fails.ipynb --output-dir=output`,
    output: "output/fails.html",
    shows: [/BEFORE/, /ValueError/],
    hides: [/AFTER/],
    page: "metadata/unfinished/fails/output/fails.html",
  },
  elsewhere: {
    run: `${CONVERT} notebooks/n.ipynb --output-dir=other`,
    output: "output/elsewhere.html",
    shows: [/elsewhere made no file for[\s\S]*It made "other\/n\.html"/],
    page: null,
  },
  package: {
    run: `${CONVERT} notebooks/package.ipynb --output-dir=output`,
    output: "output/package.html",
    shows: [/package imports matplotlob, which[\s\S]*"matplotlib"[\s\S]*--python container/],
    page: null,
  },
  text: {
    run: `${CONVERT} notebooks/text.ipynb --output-dir=output`,
    output: "output/text.html",
    shows: [/text\.ipynb is no notebook of nbformat 4/],
    page: null,
  },
  absent: {
    run: `${CONVERT} notebooks/absent.ipynb --output-dir=output`,
    output: "output/absent.html",
    shows: [/absent ended with exit code 1/],
    page: null,
  },
};

describe("a notebook of a pipeline", () => {
  it("is written where its words say and shows what they say, or ends in a problem that says why", async () => {
    const files = {
      "notebooks/n.ipynb": notebook,
      "notebooks/fails.ipynb": taggedNotebook([
        [[], "print('before'.upper())"],
        [[], "raise ValueError('wrong')"],
        [[], "print('after'.upper())"],
      ]),
      "notebooks/package.ipynb": taggedNotebook([[[], "import matplotlob"]]),
      "notebooks/text.ipynb": "no notebook\n",
      ...actions(
        Object.fromEntries(
          Object.entries(endings).map(([name, { run, output }]) => [
            name,
            { image: "jupyter", version: "v3", run, output },
          ]),
        ),
      ),
    };
    await inWorkspace(files, async (folder) => {
      const words = ["run", ...Object.keys(endings), "--continue-on-error"];
      const { out, err } = await alone(folder, words, bare);
      for (const [name, { output, shows, hides = [], page = output }] of Object.entries(endings)) {
        const text = page === null ? out + err : readFileSync(join(folder, page), "utf8");
        for (const shown of shows) assert.match(text, shown, name);
        for (const hidden of hides) assert.doesNotMatch(text, hidden, name);
        assert.equal(existsSync(join(folder, output)), page === output, name);
      }
      const log = readFileSync(join(folder, "metadata/absent.log"), "utf8");
      assert.match(log, /No such file or directory: 'notebooks\/absent\.ipynb'/);
    });
  });

  it("shows what Jupyter shows, and which of its lines are not known", async () => {
    const cells = [
      "%matplotlib inline\nimport pandas as pd\nimport matplotlib.pyplot as plt\nfrom IPython.display import Markdown, display",
      "display(Markdown('## A *title*'))\npd.DataFrame({'a': [1, 2]})",
      "plt.plot([1, 2]); plt.grid(b=True);",
      "\n    print('text'); x = 3\n    pip install lifelines\n    x",
      "!ls",
    ];
    const run = (output: string): string =>
      `jupyter nbconvert notebooks/n.ipynb --execute --to notebook --allow-errors --output-dir=output --output ${output}`;
    const files = {
      "notebooks/n.ipynb": notebookOf(cells),
      ...actions({
        n: {
          ...{ image: "jupyter", version: "v1" },
          run: run("n"),
          output: "output/n.ipynb",
          level: "highly_sensitive",
        },
      }),
    };
    await inWorkspace(files, async (folder) => {
      const { code, out, err } = await alone(folder, ["run", "n"], bare);
      assert.equal(code, 0, out + err);
      const made = JSON.parse(readFileSync(join(folder, "output/n.ipynb"), "utf8")) as {
        readonly cells: readonly { readonly outputs: readonly Record<string, unknown>[] }[];
      };
      const kinds = made.cells.map(({ outputs }) =>
        outputs.map(({ output_type: type, data, text }) =>
          [type, ...Object.keys(data ?? {}), ...(text === undefined ? [] : [text])].join(" "),
        ),
      );
      assert.deepEqual(kinds, [
        [],
        ["display_data text/markdown text/plain", "execute_result text/html text/plain"],
        ["display_data image/png text/plain"],
        ["stream text\nNothing is installed (in the sandbox)\n", "execute_result text/plain"],
        ["error"],
      ]);
      assert.match(JSON.stringify(made.cells[4]), /no other program can be run: !ls/);
    });
  });
});
