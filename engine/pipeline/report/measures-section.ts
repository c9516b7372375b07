import { measureSection } from "../../charts/measure-section.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { MeasurePictures } from "./measure-pictures.ts";

/** Pictures of what the run made for researchers to see. */
export function measuresSection({ charts, notDrawn }: MeasurePictures): readonly Html[] {
  if (charts.length === 0 && notDrawn.length === 0) return [];
  return [
    markup`<h2>Measures</h2>`,
    ...notDrawn.map((why) => markup`<p class="failed">${why}</p>`),
    ...charts.map(measureSection),
  ];
}
