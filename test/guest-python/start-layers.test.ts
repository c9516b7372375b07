import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { layersFor } from "../../engine/guest-python/start/start-layers.ts";

describe("the layers of the start image", () => {
  it("are as many as the libraries need that an action's code names, wherever it names them", () => {
    const asked: readonly (readonly [texts: readonly string[], names: number])[] = [
      [[], 1],
      [["import csv"], 1],
      [["import pandas as pd\ndf.sum()"], 1],
      [["import csv", "def draw():\n    import matplotlib.pyplot as plt"], 2],
      [["table.plot()"], 2],
      [["from scipy import stats", "import matplotlib"], 3],
      [["import seaborn as sns"], 3],
      [["plotting = myscipy"], 1],
    ];
    for (const [texts, layers] of asked) assert.equal(layersFor(texts), layers, texts.join());
  });
});
