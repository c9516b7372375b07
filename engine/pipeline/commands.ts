/** The commands about a whole study: from what was asked to lines and an exit code. */
import { jsonConsole, textConsole } from "./console/run-console.ts";
import { runExit, summaryLines } from "./console/run-summary.ts";
import { planJson, planLines } from "./console/plan-lines.ts";
import { RUN_ALL } from "./project/project.ts";
import { runOptions } from "./run/run-options.ts";
import { runProject } from "./run/run-project.ts";
import { planActions } from "./state/plan.ts";
import { openStudyFolder } from "./state/surroundings.ts";
import type { PipelineWorld } from "./world.ts";

export interface AskedOfPipeline {
  readonly command: string;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface PipelineAnswer {
  /** For standard output. */
  readonly lines: readonly string[];
  readonly exitCode: number;
}

type Answer = (asked: AskedOfPipeline, world: PipelineWorld) => Promise<PipelineAnswer>;

const answers: Readonly<Record<string, Answer>> = { run, plan };

export function isPipelineCommand(command: string): boolean {
  return Object.hasOwn(answers, command);
}

export async function answerPipeline(
  asked: AskedOfPipeline,
  world: PipelineWorld,
): Promise<PipelineAnswer> {
  const answer = answers[asked.command];
  if (answer === undefined) throw new Error(`no command ${asked.command}`);
  return answer(asked, world);
}

async function run(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const { words, options } = asked;
  const wanted = runOptions(words, options, world.environment);
  const asJson = options["json"] === true;
  const said: string[] = [];
  const listener = asJson
    ? jsonConsole((line) => void said.push(line))
    : textConsole(world, wanted, options["quiet"] === true);
  const ended = await runProject(world, wanted, listener);
  if (ended === null) return { lines: said, exitCode: 0 };
  const lines = asJson
    ? [...said, JSON.stringify({ kind: "run", record: ended.record, problems: ended.problems })]
    : summaryLines(ended);
  return { lines, exitCode: runExit(ended) };
}

async function plan(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const options = runOptions(asked.words, asked.options, world.environment);
  const { now } = openStudyFolder(world, options);
  const wanted = options.wanted.length === 0 ? [RUN_ALL] : options.wanted;
  const planned = await planActions({ wanted, force: options.force }, now);
  const asJson = asked.options["json"] === true;
  return { lines: asJson ? [JSON.stringify(planJson(planned))] : planLines(planned), exitCode: 0 };
}
