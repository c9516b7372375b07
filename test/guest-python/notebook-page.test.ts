/** What becomes of a notebook that has run, without running one. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { notebookIn } from "../../engine/guest-python/notebook/notebook.ts";
import type { CellOutput } from "../../engine/guest-python/notebook/notebook.ts";
import { notebookPage } from "../../engine/guest-python/notebook/notebook-page.ts";
import { notebookText, ranCells } from "../../engine/guest-python/notebook/ran-notebook.ts";

const written = {
  ...{ nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: "python" } } },
  cells: [
    {
      ...{ cell_type: "markdown", metadata: {} },
      source: [
        "# Rates\n",
        "**bold** <script>x()</script> ![p](attachment:p.png)\n\n|a|b|\n|-|-|\n|1|2|",
      ],
      attachments: { "p.png": { "image/png": "AAAA" } },
    },
    { ...{ cell_type: "code", metadata: { tags: ["setup"] } }, source: "x = 1", outputs: [] },
    { ...{ cell_type: "code", metadata: {} }, source: "show(x < 2)", outputs: [] },
  ],
};

const outputs = new Map<number, readonly CellOutput[]>([
  [1, []],
  [
    2,
    [
      { output_type: "stream", name: "stdout", text: "\u001b[31m<red>\u001b[0m\n" },
      {
        ...{ output_type: "execute_result", metadata: {} },
        data: {
          "text/html": '<table border="1"><tr onclick="x()"><td>7</td></tr></table>',
          "text/plain": "plain",
        },
      },
      {
        ...{ output_type: "display_data", metadata: {} },
        data: { "image/png": 'AA"><script>x()</script>', "text/plain": "<Figure>" },
      },
      { output_type: "display_data", data: { "application/javascript": "x()" }, metadata: {} },
      { output_type: "error", ename: "E", evalue: "e", traceback: ["E: <e>"] },
    ],
  ],
]);

const all = {
  ...{ execute: true, showInput: true },
  ...{ removeCellTags: [], removeInputTags: [], removeOutputTags: [] },
};

const notebook = notebookIn(JSON.stringify(written));

interface Wanted {
  readonly showInput?: boolean;
  readonly removeCellTags?: readonly string[];
}

function cellsWith(wanted: Wanted) {
  assert.ok(notebook !== null);
  return ranCells(notebook, outputs, { ...all, ...wanted });
}

const page = (wanted: Wanted = {}): string =>
  notebookPage({ title: "rates", cells: cellsWith(wanted), picture: () => null });

describe("the page of a notebook", () => {
  it("shows texts, code, tables, pictures and errors, and none of their scripts", () => {
    const html = page();
    assert.match(html, /<h1>Rates<\/h1>/);
    assert.match(html, /<strong>bold<\/strong>/);
    assert.match(html, /<img src="data:image\/png;base64,AAAA"/);
    assert.match(html, /<td>2<\/td>/);
    assert.match(html, /show\(x &lt; 2\)/);
    assert.match(html, /<pre>&lt;red&gt;\n<\/pre>/);
    assert.match(html, /<table><tr><td>7<\/td><\/tr><\/table>/);
    assert.match(html, /E: &lt;e&gt;/);
    assert.match(html, /nothing that a page without scripts can show/);
    assert.doesNotMatch(html, /<script|onclick|x\(\)<\/script/);
    assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
  });

  it("is not taken for a page of the engine's own", () => {
    assert.doesNotMatch(page(), /made by cohortline/);
  });

  it("leaves out what is asked to be left out: code, or cells by their tags", () => {
    assert.doesNotMatch(page({ showInput: false }), /show\(x/);
    assert.match(page({ showInput: false }), /<td>7<\/td>/);
    assert.doesNotMatch(page({ removeCellTags: ["setup"] }), /x = 1/);
  });
});

describe("a notebook that has run", () => {
  it("is a notebook again, with counts and outputs", () => {
    assert.ok(notebook !== null);
    const text = notebookText(notebook, cellsWith({}));
    const again = JSON.parse(text) as {
      readonly cells: readonly Readonly<Record<string, unknown>>[];
    };
    assert.deepEqual(
      again.cells.map((cell) => cell["execution_count"]),
      [undefined, 1, 2],
    );
    assert.equal((again.cells[2]?.["outputs"] as unknown[]).length, 5);
    assert.deepEqual(again.cells[0], written.cells[0]);
  });

  it("is none where the file is of another kind", () => {
    for (const text of [
      "",
      "{}",
      "[]",
      '{"nbformat":3,"worksheets":[]}',
      '{"nbformat":4,"cells":[1]}',
    ]) {
      assert.equal(notebookIn(text), null, text);
    }
  });
});
