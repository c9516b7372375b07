import assert from "node:assert/strict";
import { existsSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeFolder, OWNER_ONLY } from "../../engine/files/make-folder.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

describe("a folder that is made with those above it", () => {
  it("is told with what was missing, and only that is made", () =>
    inWorkspace({ "a/x": "" }, (folder) => {
      const [b, c] = [join(folder, "a/b"), join(folder, "a/b/c")];
      assert.deepEqual(makeFolder(c, OWNER_ONLY), [b, c]);
      assert.equal(statSync(b).mode & 0o777, 0o700);
      assert.deepEqual(makeFolder(c), []);
      return Promise.resolve();
    }));

  it("takes the place of no file and of no link that leads nowhere", () =>
    inWorkspace({ "a/x": "precious" }, (folder) => {
      symlinkSync(join(folder, "nowhere"), join(folder, "lost"));
      for (const place of ["a/x", "a/x/y", "lost", "lost/y"]) {
        assert.throws(() => makeFolder(join(folder, place)), /EEXIST|ENOTDIR|ENOENT/, place);
      }
      assert.equal(existsSync(join(folder, "nowhere")), false);
      return Promise.resolve();
    }));

  it("where none can be is a problem at once", () =>
    inWorkspace({}, async (folder) => {
      writeFileSync(join(folder, "file"), "");
      for (const place of ["/proc/none/study", "file/study"]) {
        const { code, err } = await cohortline(folder, ["init", place]);
        assert.equal(code, 1, err);
        assert.match(err, /\[(?:folder-not-found|file-system-error|file-access-refused)\]/);
      }
    }));
});
