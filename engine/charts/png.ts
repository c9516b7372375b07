/**
 * A picture as a PNG: drawn by WebAssembly with a font of our own, so that it is the same on every machine, one
 * without fonts too.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

/** For print: three points of the picture are one of the screen. */
const SCALE = 2;
const FAMILY = "DejaVu Sans";

let ready: Promise<Uint8Array> | null = null;

export async function pngOf(svg: string): Promise<Uint8Array> {
  const font = await (ready ??= prepare());
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: SCALE },
    font: {
      loadSystemFonts: false,
      fontBuffers: [font],
      defaultFontFamily: FAMILY,
      sansSerifFamily: FAMILY,
    },
  });
  try {
    const image = drawing.render();
    const png = image.asPng();
    image.free();
    return png;
  } finally {
    drawing.free();
  }
}

async function prepare(): Promise<Uint8Array> {
  await initWasm(
    readFileSync(fileURLToPath(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))),
  );
  return readFileSync(fontFile());
}

/** Beside this code in the source tree; `dist` is built flat beside `engine`, in the package too. */
function fontFile(here = import.meta.url): string {
  const place = here.endsWith(".ts") ? "./font/" : "../engine/charts/font/";
  return fileURLToPath(new URL(`${place}DejaVuSans.ttf`, here));
}
