/** Whether what a path leads to lies in a folder. */
import assert from "node:assert/strict";
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeOutputs } from "../../engine/commands/studies/write-outputs.ts";
import { enclose, makeFolderIn, pathBelow, placeIn } from "../../engine/files/enclosure.ts";
import { readFileIn, withFileIn } from "../../engine/files/enclosed-file.ts";
import { inWorkspace } from "../commands/workspace.ts";
import { problemsThrown } from "../sandbox/temporary-workspace.ts";

/** A folder with links of every kind, beside a folder that is none of its business. */
function inStudy(act: (study: string, outside: string) => void | Promise<void>): Promise<void> {
  const files = { "outside/secret.csv": "secret", "study/lists/a.csv": "code", "study/..b/c": "" };
  return inWorkspace(files, async (given) => {
    const folder = realpathSync(given);
    const [study, outside] = [join(folder, "study"), join(folder, "outside")];
    symlinkSync("lists/a.csv", join(study, "inside.csv"));
    symlinkSync(join(outside, "secret.csv"), join(study, "file.csv"));
    symlinkSync("../outside", join(study, "folder"));
    symlinkSync("nowhere", join(study, "dangling"));
    await act(study, outside);
  });
}

const most = 1000;
const codeOf = (work: () => unknown): string | undefined => problemsThrown(work)[0]?.code;

describe("a path", () => {
  it("is below a folder by its parts, not by its first letters", () => {
    assert.equal(pathBelow("/a/b", "/a/b/c/d"), "c/d");
    assert.equal(pathBelow("/a/b", "/a/b"), "");
    assert.equal(pathBelow("/a/b", "/a/b/..c"), "..c");
    for (const path of ["/a", "/a/bc", "/a/b/../c", "/"])
      assert.equal(pathBelow("/a/b", path), null);
  });

  it("leads inside, outside or nowhere, links followed", async () => {
    await inStudy((study) => {
      const kinds = [
        "lists/a.csv",
        "inside.csv",
        "..b/c",
        "file.csv",
        "folder",
        "..",
        "dangling",
      ].map((path) => placeIn(enclose(study), path).kind);
      assert.deepEqual(kinds, [
        ...["inside", "inside", "inside"],
        ...["outside", "outside", "outside", "absent"],
      ]);
    });
  });
});

describe("a file of the folder", () => {
  it("is read through links that stay inside, and through no other", async () => {
    await inStudy((study) => {
      const read = (path: string) => readFileIn(enclose(study), path, most);
      assert.equal(read("inside.csv")?.toString(), "code");
      assert.equal(read("no.csv"), null);
      for (const path of ["file.csv", "folder/secret.csv", "../outside/secret.csv"]) {
        assert.equal(
          codeOf(() => read(path)),
          "file-outside-workspace",
          path,
        );
      }
      assert.equal(
        codeOf(() => read("lists")),
        "file-is-a-folder",
      );
      assert.equal(
        codeOf(() => readFileIn(enclose(study), "lists/a.csv", 3)),
        "file-too-large",
      );
    });
  });

  it("stays the one that was judged, whatever stands in its place afterwards", async () => {
    await inStudy((study, outside) => {
      const read = withFileIn(enclose(study), "lists/a.csv", ({ through }) => {
        renameSync(join(study, "lists"), join(study, "old"));
        mkdirSync(join(study, "lists"));
        symlinkSync(join(outside, "secret.csv"), join(study, "lists/a.csv"));
        return readFileSync(through, "utf8");
      });
      assert.equal(read, "code");
    });
  });
});

describe("a folder for a file to be written", () => {
  it("is made inside, and never through a link that leads out or nowhere", async () => {
    await inStudy(async (study, outside) => {
      assert.equal(makeFolderIn(enclose(study), join(study, "new/deep")), true);
      for (const path of ["folder", "folder/new", "dangling/new", "../outside/new"]) {
        assert.equal(makeFolderIn(enclose(study), join(study, path)), false, path);
      }
      const text = { path: "folder/x.txt", text: "x" };
      await assert.rejects(writeOutputs(study, [text]), /x\.txt" is not a file inside/);
      await writeOutputs(study, [{ path: "new/x.txt", text: "x" }]);
      assert.deepEqual(readdirSync(outside), ["secret.csv"]);
    });
  });
});
