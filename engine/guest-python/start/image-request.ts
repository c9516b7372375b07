/** What the process that makes a start image is told, as JSON, and the names of the files that it writes. */
import { startLayers } from "./start-layers.ts";

export interface ImageRequest {
  readonly runtime: string;
  readonly packages: string;
  /** With folders `scratch` and `workspace`, both empty. */
  readonly folder: string;
  /** Where the image is written. */
  readonly image: string;
}

export const PROGRAM = "program.wasm";
export const layerFiles = startLayers.map(({ name }) => `${name}.image`);
