import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { inWorkspace } from "../commands/workspace.ts";
import { git } from "./git.ts";
import { programs, studyIn } from "./study-in.ts";

const files = {
  ...programs({ a: { script: 'fs.writeFileSync("a.csv", "n\\n1\\n")', moderate: "a.csv" } }),
  "codelists/x.csv": "code\n1\n",
};

interface Trap {
  /** The folder above the study, with an own folder for what the study is not to see. */
  readonly top: string;
  readonly study: string;
  /** Makes a program that leaves a mark; gives its path. */
  readonly program: (path: string) => string;
}

/** What a repository can say so that git runs something; each is shown to work on git itself. */
const traps: Readonly<Record<string, (trap: Trap) => void>> = {
  "a monitor of the file system": ({ study, program }) => {
    git(study, "config", "core.fsmonitor", program(join(study, ".git/e")));
  },
  hooks: ({ study, program }) => {
    program(join(study, ".git/hooks/post-index-change"));
  },
  "hooks in a folder of the study": ({ study, program }) => {
    program(join(study, "hooks/post-index-change"));
    git(study, "config", "core.hooksPath", "hooks");
  },
  "a filter that cleans": ({ study, program }) => {
    writeFileSync(join(study, ".gitattributes"), "*.csv filter=x\n");
    git(study, "config", "filter.x.clean", program(join(study, ".git/e")));
  },
  "a filter that goes on": ({ study, program }) => {
    writeFileSync(join(study, ".git/info/attributes"), "*.csv filter=x\n");
    git(study, "config", "filter.x.process", program(join(study, ".git/e")));
  },
  "settings that include others": ({ study, program }) => {
    writeFileSync(
      join(study, "settings"),
      `[core]\n\tfsmonitor = ${program(join(study, ".git/e"))}\n`,
    );
    git(study, "config", "include.path", "../settings");
  },
  "settings included on a condition": ({ study, program }) => {
    const e = program(join(study, ".git/e"));
    writeFileSync(join(study, "settings"), `[core]\n\tfsmonitor = ${e}\n`);
    git(study, "config", "includeIf.onbranch:**.path", "../settings");
  },
  "settings of the working tree": ({ study, program }) => {
    git(study, "config", "extensions.worktreeConfig", "true");
    git(study, "config", "--worktree", "core.fsmonitor", program(join(study, ".git/e")));
  },
  "a submodule": ({ study, program }) => {
    const inside = join(study, "module");
    mkdirSync(inside);
    git(inside, "init", "--quiet");
    git(inside, "commit", "--quiet", "--allow-empty", "--message=first");
    git(study, "add", "module");
    git(inside, "config", "core.fsmonitor", program(join(study, ".git/e")));
  },
  "a repository above": ({ top, study, program }) => {
    rmSync(join(study, ".git"), { recursive: true });
    git(top, "init", "--quiet");
    git(top, "config", "core.fsmonitor", program(join(top, ".git/e")));
  },
  "a file that names another repository": ({ top, study, program }) => {
    git(study, "config", "core.fsmonitor", program(join(top, "e")));
    execFileSync("mv", [join(study, ".git"), join(study, "other")]);
    writeFileSync(join(study, ".git"), "gitdir: other\n");
  },
  "a study that looks like a repository itself": ({ study, program }) => {
    execFileSync("mv", [join(study, ".git"), join(study, "kept")]);
    execFileSync("cp", ["-r", ...insideOf(join(study, "kept")), study]);
    rmSync(join(study, "kept"), { recursive: true });
    for (const [key, value] of [
      ["core.bare", "false"],
      ["core.worktree", study],
      ["core.fsmonitor", program(join(study, "e"))],
    ] as const) {
      git(study, "config", "--file", join(study, "config"), key, value);
    }
  },
};

function insideOf(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

describe("a repository that a study brings", () => {
  for (const [name, set] of Object.entries(traps)) {
    it(`runs nothing by ${name}`, async () => {
      await inWorkspace({}, async (top) => {
        const { study, mark } = trapped(top, set);
        const { plan, run } = studyIn(study);
        await plan("run_all");
        const record = await run(["a"]);
        assert.equal(record.status, "succeeded");
        assert.equal(existsSync(mark), false);
        execFileSync("touch", [join(study, "codelists/x.csv"), join(study, "project.yaml")]);
        gitStatus(study);
        assert.equal(existsSync(mark), true, "git itself falls into the trap");
      });
    });
  }

  it("is not asked by a git of the study's own", async () => {
    await inWorkspace(files, async (study) => {
      git(study, "init", "--quiet");
      const program = programIn(join(study, "mark"));
      program(join(study, "git"));
      const environment = { PATH: `.:${study}:${process.env["PATH"] ?? ""}`, HOME: study };
      const { run } = studyIn(study, { environment });
      await run(["a"]);
      assert.equal(existsSync(join(study, "mark")), false);
    });
  });
});

/** It ends badly where a program does not answer as git wants. */
function gitStatus(study: string): void {
  try {
    git(study, "status");
  } catch {
    // The mark tells.
  }
}

function trapped(top: string, set: (trap: Trap) => void): { study: string; mark: string } {
  const study = join(top, "study");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(study, path)), { recursive: true });
    writeFileSync(join(study, path), text);
  }
  git(study, "init", "--quiet");
  git(study, "add", ".");
  git(study, "commit", "--quiet", "--message=first");
  const mark = join(top, "mark");
  set({ top, study, program: programIn(mark) });
  // Of the same length, so that git has to look into it.
  writeFileSync(join(study, "codelists/x.csv"), "code\n2\n");
  rmSync(mark, { force: true });
  return { study, mark };
}

function programIn(mark: string): (path: string) => string {
  return (path) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho ran >> '${mark}'\n`);
    chmodSync(path, 0o755);
    return path;
  };
}
