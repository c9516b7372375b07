/** A measure's deciles as a png. */
import { basename } from "node:path";
import { chartsOf } from "../../charts/measure-chart.ts";
import { pictureOf } from "../../charts/measure-picture.ts";
import { pngOf } from "../../charts/png.ts";
import { wholePicture } from "../../charts/whole-picture.ts";
import { readFigures } from "../../measures/read-figures.ts";
import type { MeasureColumns } from "../../measures/read-measure.ts";

/** Problems: those of `readFigures`. */
export async function decilePicture(
  file: string,
  facts: MeasureColumns,
  how: { readonly outer: boolean },
): Promise<Uint8Array> {
  const picture = pictureOf(await readFigures(file, facts), how);
  const measure = {
    facts,
    policy: null,
    picture,
    file: basename(file),
    study: null,
    isDummy: false,
  };
  const [chart] = chartsOf([measure], "per-1000");
  if (chart === undefined) throw new Error("a measure without a picture");
  return pngOf(wholePicture(chart));
}
