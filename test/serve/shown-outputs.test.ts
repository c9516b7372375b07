import assert from "node:assert/strict";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { programs } from "../pipeline/study-in.ts";
import { inServedRun, outputNamed } from "./served-run.ts";
import { secretStudy } from "./secret-study.ts";
import { withServer } from "./serving.ts";
import type { Serving } from "./serving.ts";

const TABLE = "output/table.csv";

/** Of each ending: what it is sent as, and how its page shows it. */
const kinds: readonly (readonly [string, string, RegExp])[] = [
  ["a.png", "image/png", /<img src="\/runs\/\w+\/files\/\w+" alt="a\.png"/],
  ["b.svg", "image/svg+xml", /<img src="\/runs\/\w+\/files\/\w+" alt="b\.svg"/],
  ["c.txt", "text/plain; charset=utf-8", /<pre[^>]*>&lt;i&gt;words<\/pre>/],
  ["d.json", "text/plain; charset=utf-8", /<pre[^>]*>\{&quot;n&quot;:1\}<\/pre>/],
  ["e.html", "text/html; charset=utf-8", /<iframe sandbox src=/],
  ["long.csv", "text/csv; charset=utf-8", /250 rows, page 1 of 3/],
];

const ofEveryKind = {
  "analysis/made.js": `const fs = require("node:fs");
fs.mkdirSync("made", { recursive: true });
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
fs.writeFileSync("made/a.png", Buffer.from(png, "base64"));
fs.writeFileSync("made/b.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
fs.writeFileSync("made/c.txt", "<i>words");
fs.writeFileSync("made/d.json", '{"n":1}');
fs.writeFileSync("made/e.html", "<h1>A page</h1>");
fs.writeFileSync("made/long.csv", "n\\n" + Array.from({ length: 250 }, (_, at) => at + 1 + "\\n").join(""));`,
  "project.yaml": `version: 5
actions:
  made:
    run: node:v1 node analysis/made.js
    outputs:
      moderately_sensitive:
${kinds.map(([name], at) => `        file${at}: made/${name}\n`).join("")}`,
};

describe("an output that researchers may see", () => {
  it("is shown as a table with hidden numbers marked, as a page in a frame without rights, and saved whole", async () => {
    await inServedRun([], secretStudy, async ({ ask }, { run, folder }) => {
      const of = (path: string, look: string): string =>
        `/runs/${run.id}/${look}/${outputNamed(run, path)}`;
      const table = await ask(`${of(TABLE, "outputs")}?sort=1&down=1`);
      assert.equal(table.status, 200);
      const cells = [...table.text.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
      assert.deepEqual(cells, [
        ...["<bdi>&lt;i&gt;north&lt;/i&gt;</bdi>", "120"],
        ...["<bdi>west</bdi>", "90"],
        ...["<bdi>south</bdi>", "hidden"],
      ]);
      const saved = await ask(of(TABLE, "files"));
      assert.equal(saved.text, readFileSync(join(folder, TABLE), "latin1"));
      assert.match(saved.headers["content-disposition"] ?? "", /^attachment;.*table\.csv$/);
      const frame = await ask(of("output/look.html", "outputs"));
      assert.match(frame.text, /<iframe sandbox src="\/runs\/\w+\/files\/\w+" title="look.html">/);
      const inside = await ask(of("output/look.html", "files"));
      assert.match(
        String(inside.headers["content-security-policy"]),
        /^sandbox; default-src 'none'/,
      );
    });
  });

  it("is shown as what it is: pictures, text, long tables by the hundred, and pages that the engine drew", async () => {
    await inServedRun([], ofEveryKind, async ({ ask }, { run }) => {
      for (const [name, type, look] of kinds) {
        const at = outputNamed(run, `made/${name}`);
        const page = await ask(`/runs/${run.id}/outputs/${at}`);
        assert.equal(page.status, 200, name);
        assert.match(page.text, look, name);
        const { headers, status } = await ask(`/runs/${run.id}/files/${at}`);
        assert.deepEqual([status, headers["content-type"]], [200, type], name);
        assert.equal(headers["x-content-type-options"], "nosniff");
        assert.match(String(headers["content-security-policy"]), /^sandbox; default-src 'none'/);
      }
      const long = `/runs/${run.id}/outputs/${outputNamed(run, "made/long.csv")}`;
      const last = await ask(`${long}?page=3&sort=0&down=1`);
      assert.match(last.text, /250 rows, page 3 of 3/);
      const cells = [...last.text.matchAll(/<td class="n">(\d+)</g)].map(([, n]) => Number(n));
      assert.deepEqual(
        cells,
        Array.from({ length: 50 }, (_, at) => 50 - at),
      );
    });
  });

  it("is not shown any more once its bytes are others or its place is a link", async () => {
    await inServedRun([], secretStudy, async (serving, { run, folder }) => {
      const place = join(folder, TABLE);
      writeFileSync(place, "area,people\nnorth,5\n");
      const { status, text } = await serving.ask(fileOf(run));
      assert.equal(status, 410);
      assert.match(text, /table\.csv is not as the run made it.*cohortline run table/s);
      assert.doesNotMatch(text, /north/);
      rmSync(place);
      symlinkSync(join(folder, "output/input_2020-01-01.csv"), place);
      assert.equal((await serving.ask(fileOf(run))).status, 410);
      rmSync(place);
      assert.equal((await serving.ask(fileOf(run))).status, 410);
    });
  });

  it("is not shown where project.yaml, or the last run of its action, calls it highly sensitive", async () => {
    await inServedRun([], secretStudy, async (serving, { run, folder }) => {
      const project = readFileSync(join(folder, "project.yaml"), "utf8");
      const sensitive = project.replace(
        /moderately_sensitive:\n(\s+file: output\/table)/,
        "highly_sensitive:\n$1",
      );
      assert.notEqual(sensitive, project);
      await expectShown(serving, run, true);
      writeFileSync(join(folder, "project.yaml"), sensitive);
      await expectShown(serving, run, false);
      await cohortline(folder, ["run", "table", "--local-tools", "--quiet"]);
      writeFileSync(join(folder, "project.yaml"), project);
      await expectShown(serving, run, false);
    });
  });

  it("is not shown from a record that somebody else wrote, whatever level it says", async () => {
    await inServedRun([], secretStudy, async ({ ask }, { run, folder }) => {
      const file = join(folder, `metadata/runs/${run.id}.json`);
      const forged = readFileSync(file, "utf8").replaceAll(
        "highly_sensitive",
        "moderately_sensitive",
      );
      writeFileSync(file, forged);
      for (const path of ["output/input_2020-01-01.csv", TABLE]) {
        const { status, text } = await ask(`/runs/${run.id}/files/${outputNamed(run, path)}`);
        assert.equal(status, 403);
        assert.match(text, /was not written here by you/);
      }
      assert.doesNotMatch((await ask(`/runs/${run.id}`)).text, /href="\/runs\/\w+\/outputs/);
    });
  });

  it("is not shown where a highly sensitive file has the same bytes", async () => {
    const script =
      'fs.writeFileSync(process.argv[1].endsWith("low.js") ? "low.csv" : "high.csv", "a,b\\n1,2\\n");';
    const study = programs({
      high: { script, high: "high.csv" },
      low: { script, moderate: "low.csv" },
    });
    await inWorkspace(study, async (folder) => {
      await cohortline(folder, ["run", "low", "--local-tools", "--quiet"]);
      const { out } = await cohortline(folder, ["show", "--json"]);
      const { run } = JSON.parse(out) as { readonly run: RunRecord };
      await withServer(folder, [], async ({ ask }) => {
        const address = `/runs/${run.id}/files/${outputNamed(run, "low.csv")}`;
        assert.equal((await ask(address)).status, 200);
        await cohortline(folder, ["run", "high", "--local-tools", "--quiet"]);
        assert.equal((await ask(address)).status, 403);
      });
    });
  });
});

function fileOf(run: RunRecord): string {
  return `/runs/${run.id}/files/${outputNamed(run, TABLE)}`;
}

async function expectShown({ ask }: Serving, run: RunRecord, isShown: boolean): Promise<void> {
  assert.equal((await ask(fileOf(run))).status, isShown ? 200 : 403);
  const { text } = await ask(`/runs/${run.id}`);
  assert.equal(text.includes(`/outputs/${outputNamed(run, TABLE)}`), isShown);
}
