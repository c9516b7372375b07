/** The process that makes a start image: it starts the guest, lets it load one layer after the other, and keeps what that changed in its memory. */
import { readFileSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { guestBuild } from "../guest-build.ts";
import { GET_READY } from "../guest-words.ts";
import { takeTurn } from "../process/guest-turns.ts";
import { filesOf, guestHost } from "../process/guest-world.ts";
import { seededChance } from "../../wasi/still-world.ts";
import { boundedProgram, withoutData } from "../../wasi/wasm-sections.ts";
import { compileWasm, instantiateWasm, memoryOf, PAGE_BYTES } from "../../wasi/web-assembly.ts";
import { layerFiles, PROGRAM } from "./image-request.ts";
import type { ImageRequest } from "./image-request.ts";
import { writeLayer } from "./layer-file.ts";
import { startLayers } from "./start-layers.ts";

/** As the guest's own thread has: imports call one another deep. */
const STACK_MEGABYTES = 64;
const MOST_PAGES = 65_535;
const LIMITS = { bytes: 100_000_000, entries: 1000 };

async function makeImage({ image, folder, runtime, packages }: ImageRequest): Promise<void> {
  const places = { scratch: join(folder, "scratch"), workspace: join(folder, "workspace") };
  const files = filesOf({ runtime, packages, ...places, limits: LIMITS });
  const bytes = boundedProgram(readFileSync(join(runtime, guestBuild.program.file)), MOST_PAGES);
  writeFileSync(join(image, PROGRAM), withoutData(bytes));
  // Nothing of this machine, and nothing that differs from one making to the next.
  const host = guestHost(files, seededChance({ seed: 1 }));
  const imports = { ...host.imports, host: { call: () => -1 } };
  const guest = await instantiateWasm(await compileWasm(bytes), imports);
  const pages: number[] = [];
  let before = Buffer.alloc(0);
  for (const [at, { name }] of startLayers.entries()) {
    const code = `${GET_READY}from cohortline_guest import ready\nready.${name}()\n`;
    if (host.start(guest, () => takeTurn(guest, code)) !== 0) throw new Error(`${name} failed`);
    const memory = Buffer.from(Buffer.from(memoryOf(guest).buffer));
    writeLayer(join(image, layerFiles[at] ?? name), memory, before);
    pages.push(memory.length / PAGE_BYTES);
    before = memory;
  }
  process.stdout.write(JSON.stringify(pages));
}

if (isMainThread) {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const request: unknown = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
  const worker = new Worker(new URL(import.meta.url), {
    ...{ workerData: request, env: {}, resourceLimits: { stackSizeMb: STACK_MEGABYTES } },
  });
  worker.on("exit", (code) => {
    process.exitCode = code;
  });
} else {
  await makeImage(workerData as ImageRequest);
}
