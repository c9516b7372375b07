import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";
import { readBytes, readText, studyFiles, writeText } from "../../engine/sandbox/study-files.ts";
import type { StudyFiles } from "../../engine/sandbox/study-files.ts";
import { enclose } from "../../engine/files/enclosure.ts";
import { problemsThrown, temporaryFolder } from "./temporary-workspace.ts";
import type { Files } from "./temporary-workspace.ts";

type Realpath = (path: string) => string;

const filesOf = (folder: string, realpath: Realpath = realpathSync.native): StudyFiles =>
  studyFiles(enclose(folder, realpath), { canWrite: () => "write" }, defaultLimits);

const codeOf = (run: () => unknown): string | undefined => problemsThrown(run)[0]?.code;

/** A workspace beside a folder with a secret, and what a study is told that reads `path` in it. */
function setting(files: Files): { workspace: string; outside: string } {
  const folder = temporaryFolder({ ...files, "outside/secret.csv": "secret" });
  mkdirSync(join(folder, "workspace"), { recursive: true });
  return { workspace: join(folder, "workspace"), outside: join(folder, "outside") };
}

describe("reading a file of the workspace", () => {
  it("follows links that stay inside", () => {
    const { workspace } = setting({ "workspace/codelists/a.csv": "code" });
    symlinkSync("codelists", join(workspace, "lists"));
    symlinkSync("../codelists/a.csv", join(workspace, "codelists/b.csv"));
    assert.equal(readText(filesOf(workspace), "lists/b.csv"), "code");
  });

  it("refuses cohort files, which lie beside a manifest, also through a link", () => {
    const { workspace } = setting({
      "workspace/output/measures/input_2020-01-01.csv": "patient_id",
      "workspace/output/measures/cohortline.manifest.json": "{}",
      "workspace/output/notes.csv": "code",
    });
    symlinkSync("output/measures/input_2020-01-01.csv", join(workspace, "codes.csv"));
    for (const path of ["output/measures/input_2020-01-01.csv", "codes.csv"]) {
      assert.equal(
        codeOf(() => readText(filesOf(workspace), path)),
        "study-path-patient-data",
      );
    }
    assert.equal(readText(filesOf(workspace), "output/notes.csv"), "code");
  });

  it("refuses links that lead outside: to a file, to a folder, by a detour, to a device", () => {
    const { workspace, outside } = setting({});
    symlinkSync(join(outside, "secret.csv"), join(workspace, "file.csv"));
    symlinkSync(outside, join(workspace, "folder"));
    symlinkSync("folder", join(workspace, "detour"));
    symlinkSync("/dev/zero", join(workspace, "device"));
    const files = filesOf(workspace);
    for (const path of ["file.csv", "folder/secret.csv", "detour/secret.csv", "device"]) {
      assert.equal(
        codeOf(() => readText(files, path)),
        "study-path-outside-workspace",
        path,
      );
    }
    assert.deepEqual([...files.sha256ByPath], []);
  });

  it("refuses hidden files, by a link too", () => {
    const { workspace } = setting({ "workspace/.git/config": "token", "workspace/a/.env": "x" });
    symlinkSync(".git/config", join(workspace, "config.csv"));
    for (const path of [".git/config", "a/.env", "config.csv"]) {
      assert.equal(
        codeOf(() => readText(filesOf(workspace), path)),
        "study-path-hidden",
        path,
      );
    }
  });

  it("does not wait for a pipe and reads no folder", () => {
    const { workspace } = setting({ "workspace/codelists/a.csv": "code" });
    execFileSync("mkfifo", [join(workspace, "pipe.csv")]);
    for (const path of ["pipe.csv", "codelists", ".", ""]) {
      assert.equal(
        codeOf(() => readText(filesOf(workspace), path)),
        "study-path-not-a-file",
        path,
      );
    }
  });

  it("refuses a link that goes in circles", () => {
    const { workspace } = setting({});
    symlinkSync("b.csv", join(workspace, "a.csv"));
    symlinkSync("a.csv", join(workspace, "b.csv"));
    assert.equal(
      codeOf(() => readText(filesOf(workspace), "a.csv")),
      "study-path-unreadable",
    );
  });

  it("offers the nearest name for one that is not there, but never a hidden one", () => {
    const { workspace } = setting({
      "workspace/codelists/asthma.csv": "",
      "workspace/codelists/.asthme.csv": "",
    });
    const [problem] = problemsThrown(() => readText(filesOf(workspace), "codelists/astma.csv"));
    assert.equal(problem?.message, `There is no file "codelists/astma.csv" in the workspace`);
    assert.equal(problem.hint, `Nearest: "codelists/asthma.csv".`);
    assert.equal(
      codeOf(() => readText(filesOf(workspace), "no/folder.csv")),
      "study-path-missing",
    );
  });

  const swaps: Readonly<Record<string, (workspace: string, outside: string) => void>> = {
    "the file becomes a link to a secret": (workspace, outside) => {
      rmSync(join(workspace, "lists/secret.csv"));
      symlinkSync(join(outside, "secret.csv"), join(workspace, "lists/secret.csv"));
    },
    "its folder becomes a link to a folder outside": (workspace, outside) => {
      renameSync(join(workspace, "lists"), join(workspace, "old"));
      symlinkSync(outside, join(workspace, "lists"));
    },
  };
  for (const [name, swap] of Object.entries(swaps)) {
    it(`is not fooled when ${name} after it was checked`, () => {
      const { workspace, outside } = setting({ "workspace/lists/secret.csv": "harmless" });
      let calls = 0;
      const racing = (path: string): string => {
        const real = realpathSync.native(path);
        // The first call is for the workspace, the second checks the file.
        if (++calls === 2) swap(workspace, outside);
        return real;
      };
      const files = filesOf(workspace, racing);
      assert.equal(
        codeOf(() => readText(files, "lists/secret.csv")),
        "study-path-outside-workspace",
      );
      assert.ok(calls >= 2);
    });
  }

  it("is not fooled when the folder is swapped for the opening only and then put back", () => {
    const { workspace, outside } = setting({ "workspace/lists/secret.csv": "harmless" });
    let calls = 0;
    const racing = (path: string): string => {
      if (++calls === 3) {
        rmSync(join(workspace, "lists"));
        renameSync(join(workspace, "old"), join(workspace, "lists"));
      }
      const real = realpathSync.native(path);
      if (calls === 2) {
        renameSync(join(workspace, "lists"), join(workspace, "old"));
        symlinkSync(outside, join(workspace, "lists"));
      }
      return real;
    };
    const files = filesOf(workspace, racing);
    assert.equal(
      codeOf(() => readText(files, "lists/secret.csv")),
      "study-path-outside-workspace",
    );
    assert.ok(calls >= 2);
  });
});

describe("the text of a file", () => {
  const texts: readonly (readonly [name: string, bytes: string | Buffer, text: string | null])[] = [
    ["plain", "code\r\nÄ€😀", "code\r\nÄ€😀"],
    ["with a byte order mark", "\uFEFFcode", "code"],
    ["empty", "", ""],
    ["in Latin 1", Buffer.from("Ä", "latin1"), null],
    ["in UTF-16", Buffer.from("\uFEFFcode", "utf16le"), null],
    ["with a zero byte", "a\0b", null],
    ["cut in the middle of a character", Buffer.from("€").subarray(0, 2), null],
  ];
  for (const [name, bytes, text] of texts) {
    it(`${name} is ${text === null ? "refused" : "read"}`, () => {
      const files = filesOf(temporaryFolder({ "a.csv": bytes }));
      if (text === null)
        assert.equal(
          codeOf(() => readText(files, "a.csv")),
          "study-file-not-text",
        );
      else assert.equal(readText(files, "a.csv"), text);
    });
  }

  it("that is packed is read as what is in it, within the limit of all files, and never if it is of patients", () => {
    const folder = temporaryFolder({
      "codes.csv.gz": gzipSync("code\n1\n"),
      "patients.csv.gz": gzipSync("patient_id,sex\n1,F\n"),
      "twice.csv.gz": gzipSync(gzipSync("patient_id\n1\n")),
      "large.csv.gz": gzipSync("code\n".repeat(1_000_000)),
      "plain.csv.gz": "code\n",
    });
    const files = studyFiles(
      enclose(folder),
      { canWrite: () => "write" },
      { ...defaultLimits, fileMegabytes: 4 },
    );
    assert.equal(readText(files, "codes.csv.gz"), "code\n1\n");
    const refused = (path: string) => codeOf(() => readBytes(files, path));
    assert.equal(refused("patients.csv.gz"), "study-path-patient-data");
    assert.equal(refused("twice.csv.gz"), "study-file-not-text");
    assert.equal(refused("plain.csv.gz"), "study-file-not-text");
    assert.equal(refused("large.csv.gz"), "study-files-too-large");
  });
});

describe("writing a file of the workspace", () => {
  it("keeps the text and touches no file", () => {
    const { workspace } = setting({});
    const files = filesOf(workspace);
    const before = readdirSync(workspace).sort();
    assert.equal(writeText(files, "./output//new/a.json", "{}"), true);
    assert.deepEqual([...files.textByOutput], [["output/new/a.json", "{}"]]);
    assert.deepEqual(readdirSync(workspace).sort(), before);
  });

  it("lets the study read what it wrote last, whoever declares the file", () => {
    const folder = temporaryFolder({ "codelists/a.csv": "code\n1" });
    for (const answer of ["write", "ignore"] as const) {
      const files = studyFiles(enclose(folder), { canWrite: () => answer }, defaultLimits);
      writeText(files, "codelists/a.csv", "\uFEFFcode\n2");
      writeText(files, "./codelists/a.csv", "\uFEFFcode\n3");
      assert.equal(readText(files, "codelists/../codelists/a.csv"), "code\n3");
      assert.equal(readFileSync(join(folder, "codelists/a.csv"), "utf8"), "code\n1");
      assert.deepEqual([...files.ownFiles], ["codelists/a.csv"]);
    }
  });

  it("refuses a folder or a file that a link leads outside, even to nothing", () => {
    const { workspace, outside } = setting({});
    symlinkSync(outside, join(workspace, "output"));
    symlinkSync(join(outside, "nothing.csv"), join(workspace, "dangling.csv"));
    for (const path of ["output/a.csv", "output/new/a.csv", "dangling.csv"]) {
      const code = codeOf(() => writeText(filesOf(workspace), path, ""));
      assert.equal(code, "study-path-outside-workspace", path);
    }
  });

  it("asks who declares the file by its shortest path", () => {
    const folder = temporaryFolder({});
    const asked: string[] = [];
    const canWrite = (path: string) => {
      asked.push(path);
      return "ignore" as const;
    };
    const files = studyFiles(enclose(folder), { canWrite }, defaultLimits);
    assert.equal(writeText(files, "a/./b/../c.csv", "text"), false);
    assert.deepEqual([asked, [...files.textByOutput]], [["a/c.csv"], []]);
  });
});
