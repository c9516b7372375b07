/** One line on a terminal: how much is done, how fast, how long still. Owner of cli-progress. */
import { Presets, SingleBar } from "cli-progress";
import type { Progress } from "../run/reporter.ts";

export function progressLine(work: {
  readonly label: string;
  readonly unit: string;
  readonly total: number;
}): Progress {
  const speed = work.unit === "rows" ? "{rate} a second" : "{rate} rows a second";
  const bar = new SingleBar(
    {
      format: `${work.label} {bar} {value}/{total} ${work.unit}, ${speed}, {eta_formatted} left`,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  const started = performance.now();
  let done = 0;
  let rowsDone = 0;
  bar.start(work.total, 0, { rate: 0 });
  return {
    advance: (units, rows = units) => {
      done += units;
      rowsDone += rows;
      const seconds = Math.max(0.001, (performance.now() - started) / 1000);
      bar.update(done, { rate: Math.round(rowsDone / seconds) });
    },
    end: () => {
      bar.stop();
    },
  };
}
