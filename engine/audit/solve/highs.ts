/**
 * HiGHS, a solver of linear programs in whole numbers: the only file that names it. It runs in a process of its own,
 * which is started when a program is to be solved, so nobody else waits for it and its memory is given back.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { IntegerProgram } from "./integer-program.ts";

/** A number for each column; null where none were found. Nobody takes them for a solution without looking. */
export type SolveProgram = (program: IntegerProgram) => readonly number[] | null;

/** After so long nothing is found. Nodes of the search end it before, always at the same one. */
const MOST = { milliseconds: 120_000, nodes: 200, answer: 2 ** 26 } as const;

const PROCESS_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./highs-process.ts" : "./highs-process.js",
  import.meta.url,
);

export const solveWithHighs: SolveProgram = (program) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(PROCESS_FILE)],
    {
      input: JSON.stringify({ nodes: MOST.nodes, program }),
      env: {},
      stdio: ["pipe", "pipe", "ignore"],
      encoding: "utf8",
      timeout: MOST.milliseconds,
      maxBuffer: MOST.answer,
    },
  );
  if (status !== 0) return null;
  const numbers = JSON.parse(stdout) as readonly number[] | null;
  return numbers?.map((number) => Math.round(number)) ?? null;
};
