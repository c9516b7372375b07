/** Times a whole process as a person meets it, and the most memory it held. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Timing {
  readonly seconds: number;
  /** Highest resident memory, in MiB; NaN where /proc does not tell. */
  readonly peakMiB: number;
  /** Of all threads; NaN where /proc does not tell, absent where nobody asked. */
  readonly cpuSeconds?: number;
}

/** Runs the program to its end. Throws when it ends with another code: a figure of a failed run would be a lie. */
export async function timeProcess(
  program: string,
  words: readonly string[],
  folder: string,
  codes: readonly number[] = [0],
): Promise<Timing> {
  const started = performance.now();
  const child = spawn(program, words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  let peakMiB = NaN;
  let cpuSeconds = NaN;
  // The kernel keeps the highest value itself, so a late look still sees an early peak.
  const watch = setInterval(() => {
    peakMiB = highWater(child.pid) ?? peakMiB;
    cpuSeconds = processorSeconds(child.pid) ?? cpuSeconds;
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code === null || !codes.includes(code))
    throw new Error(`${program} ${words.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakMiB, cpuSeconds };
}

/** What a process has used of the processor so far; null where /proc does not tell. */
export function processorSeconds(pid: number | undefined): number | null {
  try {
    // Behind the name, which may hold anything but ends with a bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isNaN(ticks) || ticks === 0 ? null : ticks / 100;
  } catch {
    return null;
  }
}

/** The most resident memory that a process had, in MiB; null where /proc does not tell. */
export function highWater(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}

export interface Series {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly peakMiB: number;
}

/** One run to warm the disk cache, then `runs` that count; `before` prepares each. */
export async function series(
  runs: number,
  act: () => Promise<Timing>,
  before: () => void = () => undefined,
): Promise<Series> {
  before();
  await act();
  const timings: Timing[] = [];
  for (let i = 0; i < runs; i++) {
    before();
    timings.push(await act());
  }
  const seconds = timings.map((timing) => timing.seconds).sort((a, b) => a - b);
  const at = (share: number): number => seconds[Math.round(share * (seconds.length - 1))] ?? NaN;
  const peakMiB = Math.max(...timings.map((timing) => timing.peakMiB));
  return { median: at(0.5), least: at(0), most: at(1), peakMiB };
}

/** A row of the printed table. */
export function row(name: string, { median, least, most, peakMiB }: Series, goal: number): string {
  const cells = [median, least, most, goal].map((seconds) =>
    (Number.isNaN(seconds) ? "" : seconds.toFixed(2)).padStart(8),
  );
  const memory = Number.isNaN(peakMiB) ? "" : peakMiB.toFixed(0);
  return `${name.padEnd(44)}${cells.join("")}${memory.padStart(9)}`;
}

export const heading = `${"".padEnd(44)}  median   least    most    goal  peak MiB`;
