import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { guestStart, startImage } from "../../engine/guest-python/start/start-image.ts";
import { inWorkspace } from "../commands/workspace.ts";

/** In place of the code that starts a guest: it writes down each time that it was asked. */
const MAKER = `const fs = require("fs");
const { image, runtime } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
fs.appendFileSync(runtime + "/asked", "x");
for (const name of ["program.wasm", "tables.image", "charts.image", "models.image"]) fs.writeFileSync(image + "/" + name, name);
process.stdout.write("[16, 32, 48]");
`;
const FAILS = "process.exitCode = 3;";

function placeIn(folder: string, maker = MAKER) {
  const [runtime, packages, code] = ["runtime", "packages", "maker.cjs"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  mkdirSync(runtime, { recursive: true });
  mkdirSync(packages, { recursive: true });
  writeFileSync(code, maker);
  return { runtime, packages, maker: code, node: [process.execPath] as const };
}

describe("the start image", () => {
  it("is made once, again where a file of it was changed, and another one for other modules", async () => {
    await inWorkspace({}, async (folder) => {
      const place = placeIn(folder);
      const asked = () => readFileSync(join(place.runtime, "asked"), "utf8").length;
      const image = await startImage(place);
      assert.deepEqual(await startImage(place), image);
      assert.equal(asked(), 1);
      const layer = image?.layers[1]?.file ?? "";
      appendFileSync(layer, "more");
      assert.deepEqual(await startImage(place), image);
      assert.equal(readFileSync(layer, "utf8"), "charts.image");
      assert.equal(asked(), 2);
      writeFileSync(join(place.packages, "a.py"), "");
      assert.notDeepEqual(await startImage(place), image);
      assert.equal(asked(), 3);
    });
  });

  it("is none where it cannot be made, and nothing is left of trying", async () => {
    await inWorkspace({}, async (folder) => {
      const place = placeIn(folder, FAILS);
      assert.equal(await startImage(place), null);
      assert.deepEqual(readdirSync(place.runtime), []);
    });
  });

  it("is used as far as it fits into an action's memory", async () => {
    await inWorkspace({}, async (folder) => {
      const image = await startImage(placeIn(folder));
      assert.ok(image !== null);
      const layers = (count: number, megabytes: number) =>
        guestStart(image, { count, megabytes })?.layers.length ?? 0;
      assert.deepEqual([layers(3, 3), layers(3, 2), layers(2, 3), layers(3, 0.5)], [3, 2, 2, 0]);
    });
  });
});
