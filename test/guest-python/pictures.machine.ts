/** JPEG pictures, and dates by chance, of actions in the sandbox: `npm run test:sandbox`. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { browserForSuite, CHROMIUM } from "../pipeline/browser.ts";
import { actions } from "./sandboxed-study.ts";

const bare = { PATH: "/nowhere", DATABASE_URL: "" };

/** The same chart in both formats, at a size that is no multiple of 8; noise is the worst that a picture can hold. */
const DRAWS = `import os
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
os.mkdir("made")
os.chdir("made")
figure, (left, right) = plt.subplots(1, 2, figsize=(5.01, 3.03))
left.plot([1, 3, 2], color="red")
right.imshow(np.random.default_rng(1).random((20, 20)), cmap="viridis")
figure.savefig("chart.png")
figure.savefig("chart.jpg", pil_kwargs={"quality": 95})
Image.open("chart.png").convert("L").save("grey.jpeg", quality=95)
try: Image.open("chart.png").save("clear.jpg")
except OSError as error: print(error, file=open("refused.txt", "w"))
for name in os.listdir("."): os.rename(name, name + ".dat")
`;
const DATES = `from cohortextractor import expectation_generators
late = expectation_generators.generate_dates(2000, "2020-01-01", "2020-12-31", "exponential_increase")["date"]
even = expectation_generators.generate_dates(2000, "2020-01-01", "2020-12-31", "uniform")["date"]
def told(dates): return [len(dates), str(dates.dtype), dates.min() >= min_day, dates.max() <= max_day, int((dates > "2020-10-01").sum())]
import json, pandas as pd
min_day, max_day = pd.Timestamp("2020-01-01"), pd.Timestamp("2020-12-31")
json.dump([[*map(str, told(each)[:4]), told(each)[4]] for each in (late, even)], open("dates.json", "w"))
`;

/** In the page: the mean distance of two pictures' colours, of 255; null where their sizes differ. */
const DISTANCE = `(async () => {
  const [a, b] = await Promise.all([...document.images].map(async (image) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const on = canvas.getContext("2d");
    on.filter = document.title;
    on.drawImage(image, 0, 0);
    return on.getImageData(0, 0, canvas.width, canvas.height);
  }));
  if (a.width !== b.width || a.height !== b.height) return null;
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;
})()`;

describe("pictures as JPEG", { skip: !existsSync(CHROMIUM) }, () => {
  const open = browserForSuite();

  it("show what PNG shows, in colours and in grey, and refuse what PIL refuses", async () => {
    const files = {
      "analysis/draws.py": DRAWS,
      ...actions({
        draws: { run: "python analysis/draws.py", output: "made/*.dat", level: "highly_sensitive" },
      }),
    };
    await inWorkspace(files, async (folder) => {
      const { out, err } = await alone(folder, ["run", "draws", "--python", "sandbox"], bare);
      assert.ok(existsSync(join(folder, "made/chart.jpg.dat")), out + err);
      for (const [jpeg, filter] of [
        ["chart.jpg", "none"],
        ["grey.jpeg", "grayscale(1)"],
      ] as const) {
        const file = join(folder, `${jpeg}.html`);
        const sources = [jpeg, "chart.png"].map((name) => {
          const kind = name.endsWith("png") ? "png" : "jpeg";
          return `<img src="data:image/${kind};base64,${readFileSync(join(folder, "made", `${name}.dat`)).toString("base64")}">`;
        });
        writeFileSync(file, `<title>${filter}</title>${sources.join("")}`);
        const { page } = await open(file);
        const distance: unknown = await page.evaluate(DISTANCE);
        assert.ok(
          typeof distance === "number" && distance < 4,
          `${jpeg}: ${String(distance)} ${out}${err}`,
        );
      }
      assert.match(
        readFileSync(join(folder, "made/refused.txt.dat"), "utf8"),
        /^cannot write mode RGBA/,
      );
    });
  });
});

describe("dates by chance", () => {
  it("lie between their days, and by the name of their rate nearer to the end", async () => {
    const files = {
      "analysis/dates.py": DATES,
      ...actions({ dates: { run: "python analysis/dates.py", output: "dates.json" } }),
    };
    await inWorkspace(files, async (folder) => {
      const { out, err } = await alone(folder, ["run", "dates", "--python", "sandbox"], bare);
      const file = join(folder, "dates.json");
      assert.ok(existsSync(file), out + err);
      const [late, even] = JSON.parse(readFileSync(file, "utf8")) as (readonly unknown[])[];
      for (const each of [late, even]) {
        assert.deepEqual(each?.slice(0, 4), ["2000", "datetime64[ns]", "True", "True"]);
      }
      // The last quarter: by far the most, or about a quarter.
      assert.ok(Number(late?.[4]) > 1600, String(late?.[4]));
      assert.ok(Math.abs(Number(even?.[4]) - 500) < 120, String(even?.[4]));
    });
  });
});
