import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, chownSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { committedCode } from "../../engine/pipeline/record/git-facts.ts";
import { walkStudy } from "../../engine/pipeline/state/walk-study.ts";
import { inWorkspace } from "../commands/workspace.ts";
import { git } from "./git.ts";

const LONG = Array.from({ length: 200 }, (_, i) => `line ${i}\n`).join("");
const studyFiles: Readonly<Record<string, string>> = {
  "analysis/a.py": `${LONG}a`,
  "analysis/b.py": `${LONG}b`,
  "analysis/sub/c.py": "c",
  "analysis/sub-d.py": "d",
  "analysis/sub.e": "e",
  "é ü.txt": "f",
  "project.yaml": "version: 5",
};

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function inRepository(
  act: (folder: string) => void,
  { study = ".", init = [] }: { readonly study?: string; readonly init?: readonly string[] } = {},
): Promise<void> {
  return inWorkspace({}, (top) => {
    git(top, "init", "--quiet", "--initial-branch=trunk", ...init);
    const folder = join(top, study);
    for (const [path, text] of Object.entries(studyFiles)) write(folder, path, text);
    if (study !== ".") write(top, "other/x.py", "x");
    commit(top);
    act(folder);
    return Promise.resolve();
  });
}

function commit(folder: string): void {
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message=more");
}

const nobody = { HOME: "/nowhere", GIT_CONFIG_NOSYSTEM: "1" };

function facts(folder: string, environment = nobody) {
  return committedCode(folder, environment, walkStudy(folder, null).files).git;
}

/** As git says itself, of files that are there. */
function saidByGit(folder: string): readonly string[] {
  const words = ["status", "--porcelain=v1", "--untracked-files=all", "--no-renames", "-z", "."];
  const prefix = git(folder, "rev-parse", "--show-prefix").length;
  const there = new Set(walkStudy(folder, null).files);
  const lines = execFileSync("git", words, { cwd: folder, encoding: "utf8" }).split("\0");
  const paths = lines.map((line) => line.slice(3 + prefix)).filter((path) => there.has(path));
  return [...new Set(paths)].sort();
}

const changes: Readonly<Record<string, (folder: string) => void>> = {
  "nothing is changed": () => undefined,
  "a file is written anew with the same bytes": (folder) => {
    write(folder, "analysis/a.py", `${LONG}a`);
  },
  "a file has other bytes of the same length": (folder) => {
    write(folder, "analysis/sub/c.py", "C");
  },
  "a file is new": (folder) => {
    write(folder, "analysis/new.py", "");
  },
  "a change is added and not committed": (folder) => {
    appendFileSync(join(folder, "analysis/b.py"), "more");
    git(folder, "add", "--all");
  },
  "a change is added, and taken back in the folder only": (folder) => {
    write(folder, "analysis/sub.e", "other");
    git(folder, "add", "--all");
    write(folder, "analysis/sub.e", "e");
  },
  "a new folder is added": (folder) => {
    write(folder, "analysis/deep/er/x.py", "x");
    git(folder, "add", "--all");
  },
  "a file is only named": (folder) => {
    write(folder, "analysis/named.py", "x");
    git(folder, "add", "--intent-to-add", "analysis/named.py");
  },
  "a file is not tracked any more": (folder) => {
    git(folder, "rm", "--quiet", "--cached", "analysis/sub-d.py");
  },
  "a file is moved": (folder) => {
    git(folder, "mv", "analysis/sub/c.py", "analysis/moved.py");
  },
  "all is packed, as differences": (folder) => {
    appendFileSync(join(folder, "analysis/b.py"), "more");
    commit(folder);
    git(folder, "gc", "--quiet");
    appendFileSync(join(folder, "analysis/a.py"), "more");
    git(folder, "add", "--all");
  },
};

const kinds: Readonly<Record<string, Parameters<typeof inRepository>[1]>> = {
  "at the top of a repository": {},
  "in a folder of a repository": { study: "studies/one" },
  "with sums of 256 bits": { init: ["--object-format=sha256"] },
};

describe("what the record of a run says of the code", () => {
  for (const [kind, options] of Object.entries(kinds)) {
    it(`is what git says, ${kind}`, async () => {
      for (const [name, change] of Object.entries(changes)) {
        await inRepository((folder) => {
          change(folder);
          const uncommitted = saidByGit(folder);
          const commit = git(folder, "rev-parse", "HEAD");
          const clean = uncommitted.length === 0;
          assert.deepEqual(facts(folder), { branch: "trunk", commit, clean, uncommitted }, name);
        }, options);
      }
    });
  }

  it("knows branches in files, packed or named by folders, and none where none is checked out", async () => {
    await inRepository((folder) => {
      const commit = git(folder, "rev-parse", "HEAD");
      git(folder, "checkout", "--quiet", "-b", "ada/new");
      assert.deepEqual([facts(folder).branch, facts(folder).commit], ["ada/new", commit]);
      git(folder, "pack-refs", "--all");
      assert.deepEqual([facts(folder).branch, facts(folder).commit], ["ada/new", commit]);
      git(folder, "checkout", "--quiet", "--detach");
      assert.deepEqual([facts(folder).branch, facts(folder).commit], [null, commit]);
      git(folder, "checkout", "--quiet", "--orphan", "empty");
      const { branch, commit: none, clean } = facts(folder);
      assert.deepEqual([branch, none, clean], ["empty", null, false]);
    });
  });

  it("holds for a worktree and a submodule, whose .git is a file", async () => {
    await inRepository((folder) => {
      const { commit } = facts(folder);
      const tree = join(folder, "tree");
      git(folder, "worktree", "add", "--quiet", "-b", "side", tree);
      assert.deepEqual(facts(tree), { branch: "side", commit, clean: true, uncommitted: [] });
      write(tree, "analysis/new.py", "");
      assert.deepEqual(facts(tree).uncommitted, ["analysis/new.py"]);
      const module = ["submodule", "--quiet", "add", tree, "mod"];
      git(folder, "-c", "protocol.file.allow=always", ...module);
      assert.deepEqual([facts(join(folder, "mod")).branch, facts(folder).clean], ["side", false]);
      const { uncommitted } = facts(folder);
      assert.deepEqual(
        [uncommitted[0], uncommitted.filter((path) => path.startsWith("mod"))],
        [".gitmodules", []],
      );
    });
  });

  it("takes line ends and large files by their content, whatever filters there are", async () => {
    await inRepository((folder) => {
      write(folder, "analysis/sub.e", "a\nb\n");
      const pointer = "sha256:fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603";
      write(
        folder,
        "large.txt",
        `version https://git-lfs.github.com/spec/v1\noid ${pointer}\nsize 2\n`,
      );
      commit(folder);
      write(folder, "analysis/sub.e", "a\r\nb\r\n");
      write(folder, "large.txt", "ab");
      assert.deepEqual(facts(folder).uncommitted, []);
      write(folder, "large.txt", "aB");
      assert.deepEqual(facts(folder).uncommitted, ["large.txt"]);
    });
  });

  it("is nothing where .git is a link, names a repository that knows nothing of it, or is no repository", async () => {
    await inRepository((folder) => {
      const nothing = { branch: null, commit: null, clean: null, uncommitted: [] };
      const other = join(folder, "other");
      mkdirSync(other);
      for (const bring of [
        () => {
          writeFileSync(join(other, ".git"), `gitdir: ${join(folder, ".git")}\n`);
        },
        () => {
          symlinkSync(join(folder, ".git"), join(other, ".git"));
        },
        () => {
          writeFileSync(join(other, ".git"), "no repository");
        },
        () => {
          execFileSync("mkfifo", [join(other, ".git")]);
        },
      ]) {
        bring();
        assert.deepEqual(facts(other), nothing);
        rmSync(join(other, ".git"));
      }
    });
  });

  it("stays unknown where the repository is damaged or its index is split, and nothing fails", async () => {
    await inRepository((folder) => {
      git(folder, "gc", "--quiet");
      git(folder, "update-index", "--split-index");
      assert.deepEqual([facts(folder).clean, facts(folder).branch], [null, "trunk"]);
      git(folder, "update-index", "--no-split-index");
      assert.equal(facts(folder).clean, true);
      const packs = join(folder, ".git/objects/pack");
      const pack = readdirSync(packs).find((name) => name.endsWith(".idx")) ?? "";
      const sums = readFileSync(join(packs, pack));
      // How many objects begin with at most each byte: from that of the commit on, far too many.
      const first = parseInt(git(folder, "rev-parse", "HEAD").slice(0, 2), 16);
      const damaged = Buffer.from(sums).fill(255, 8 + first * 4, 8 + 256 * 4);
      rmSync(join(packs, pack));
      writeFileSync(join(packs, pack), damaged);
      assert.equal(facts(folder).branch, "trunk");
      rmSync(join(folder, ".git/objects"), { recursive: true });
      assert.equal(facts(folder).clean, null);
      write(folder, "analysis/new.py", "");
      assert.deepEqual(
        [facts(folder).clean, facts(folder).uncommitted],
        [false, ["analysis/new.py"]],
      );
      for (const index of ["", "DIRC", "DIRC\0\0\0\x02\xff\xff\xff\xff"]) {
        writeFileSync(join(folder, ".git/index"), index, "latin1");
        assert.equal(facts(folder).clean, null);
      }
      for (const head of [
        "ref: refs/heads/../../../x",
        "ref: ref",
        "x".repeat(99),
        "ref: HEAD",
        "",
      ]) {
        writeFileSync(join(folder, ".git/HEAD"), head);
        assert.equal(facts(folder).commit, null);
      }
    });
  });

  const mayGiveAway = process.geteuid?.() === 0;
  it(
    "is nothing in another user's repository, unless one's own settings call it safe",
    { skip: !mayGiveAway },
    async () => {
      await inRepository((folder) => {
        chownSync(join(folder, ".git"), 65534, 65534);
        assert.equal(facts(folder).commit, null);
        const settings = join(folder, "settings");
        const environment = { ...nobody, GIT_CONFIG_GLOBAL: settings };
        writeFileSync(settings, "[safe]\n\tdirectory = /elsewhere\n");
        assert.equal(facts(folder, environment).commit, null);
        writeFileSync(settings, `[safe]\n\tdirectory = "${folder}" ; here\n`);
        assert.equal(
          facts(folder, environment).commit,
          git(folder, "-c", "safe.directory=*", "rev-parse", "HEAD"),
        );
      });
    },
  );
});
