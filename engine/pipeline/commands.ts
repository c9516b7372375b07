/** The commands about a whole study: from what was asked to lines and an exit code. */
import { cleanLines, cleanStudy } from "./clean.ts";
import { jsonConsole, textConsole } from "./console/run-console.ts";
import { runExit, summaryLines } from "./console/run-summary.ts";
import { graphMermaid } from "./graph/graph-mermaid.ts";
import { graphSvgFile } from "./graph/graph-svg.ts";
import { graphText } from "./graph/graph-text.ts";
import { graphOfPlan } from "./graph/pipeline-graph.ts";
import { reportPage } from "./report/report-page.ts";
import { writeResult } from "./record/write-result.ts";
import { runsLines } from "./console/runs-lines.ts";
import { showLines } from "./console/show-lines.ts";
import { comparisonsOf } from "./record/compare-runs.ts";
import { findRun, knownRuns } from "./record/find-run.ts";
import type { KnownRuns } from "./record/find-run.ts";
import { verifyFiles } from "./record/verify-files.ts";
import { tonedProblem, tonedWarning } from "../base/problems.ts";
import { lineText } from "../base/toned-line.ts";
import type { Line } from "../base/toned-line.ts";
import { visibleJson } from "../base/visible-text.ts";
import { planJson, planLines } from "./console/plan-lines.ts";
import { RUN_ALL } from "./project/project.ts";
import type { EndedRun } from "./run/run-planned.ts";
import { runOptions } from "./run/run-options.ts";
import { runProject } from "./run/run-project.ts";
import { planActions } from "./state/plan.ts";
import { openStudyFolder } from "./state/surroundings.ts";
import { recordsOf } from "./trust/records-of.ts";
import { trustRecords } from "./trust/trust.ts";
import type { PipelineWorld } from "./world.ts";

export interface AskedOfPipeline {
  readonly command: string;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface PipelineAnswer {
  /** For standard output. */
  readonly lines: readonly Line[];
  readonly exitCode: number;
}

type Answer = (asked: AskedOfPipeline, world: PipelineWorld) => Promise<PipelineAnswer>;

const answers: Readonly<Record<string, Answer>> = {
  run,
  plan,
  runs,
  show,
  verify,
  graph,
  report,
  trust,
  clean,
};

export async function answerPipeline(
  asked: AskedOfPipeline,
  world: PipelineWorld,
): Promise<PipelineAnswer> {
  const answer = Object.hasOwn(answers, asked.command) ? answers[asked.command] : undefined;
  if (answer === undefined) throw new Error(`no command ${asked.command}`);
  return answer(asked, world);
}

async function run(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const { words, options } = asked;
  const wanted = runOptions(words, options, world.environment);
  const asJson = options["json"] === true;
  const listener = asJson ? jsonConsole(world.say) : textConsole(world, wanted);
  const ended = await runProject(world, wanted, listener);
  if (ended === null) return { lines: [], exitCode: 0 };
  return { lines: endLines(ended, options), exitCode: runExit(ended) };
}

function endLines(ended: EndedRun, options: AskedOfPipeline["options"]): readonly Line[] {
  const { record, problems } = ended;
  if (options["json"] === true) return [visibleJson({ kind: "run", record, problems })];
  return options["quiet"] === true ? problems.flatMap(tonedProblem) : summaryLines(ended);
}

async function plan(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const options = runOptions(asked.words, asked.options, world.environment);
  const { now, warnings } = openStudyFolder(world, options);
  for (const line of warnings.flatMap(tonedWarning)) world.tell(line);
  const wanted = options.wanted.length === 0 ? [RUN_ALL] : options.wanted;
  const planned = await planActions({ wanted, force: options.force }, now);
  const asJson = asked.options["json"] === true;
  return { lines: asJson ? [visibleJson(planJson(planned))] : planLines(planned), exitCode: 0 };
}

function runs({ options }: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const { runs: known } = toldRuns(world);
  const lines = options["json"] === true ? [visibleJson(known)] : runsLines(known);
  return Promise.resolve({ lines, exitCode: 0 });
}

/** Beside what can be read, tells what cannot. */
function toldRuns(world: PipelineWorld): KnownRuns {
  const known = knownRuns(recordsOf(world), world.host);
  for (const line of known.warnings.flatMap(tonedWarning)) world.tell(line);
  return known;
}

function show(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const known = toldRuns(world);
  const run = findRun(asked.words[0] ?? "latest", known);
  const comparisons = comparisonsOf(run, known.runs);
  const asJson = asked.options["json"] === true;
  const lines = asJson ? [visibleJson({ run, comparisons })] : showLines(run, comparisons);
  return Promise.resolve({ lines, exitCode: 0 });
}

async function verify(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const { files, wrong, problems } = await verifyFiles(recordsOf(world));
  const good = files - wrong;
  const exitCode = problems.length === 0 ? 0 : 1;
  if (asked.options["json"] === true) {
    return { lines: [visibleJson({ files, problems })], exitCode };
  }
  const summary = `${good} of ${files} files are as the manifest says.`;
  return { lines: [...problems.flatMap(tonedProblem), summary], exitCode };
}

async function graph(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const options = runOptions([RUN_ALL], asked.options, world.environment);
  const { now } = openStudyFolder(world, options);
  const nodes = graphOfPlan(await planActions(options, now));
  const { format, outputFile, json } = asked.options;
  const drawn = json === true ? [visibleJson(nodes)] : drawnAs(format, nodes);
  return answerOrFile(drawn, outputFile, world);
}

function drawnAs(format: unknown, nodes: ReturnType<typeof graphOfPlan>): readonly Line[] {
  if (format === "mermaid") return graphMermaid(nodes);
  return format === "svg" ? graphSvgFile(nodes).split("\n") : graphText(nodes);
}

async function report(asked: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const known = toldRuns(world);
  const run = findRun(asked.words[0] ?? "latest", known);
  const page = reportPage(run, comparisonsOf(run, known.runs)).trimEnd().split("\n");
  const { outputFile } = asked.options;
  if (outputFile === "-") return { lines: page, exitCode: 0 };
  return answerOrFile(page, outputFile ?? reportFile(run.number), world);
}

async function trust(
  { options }: AskedOfPipeline,
  { folder, userState }: PipelineWorld,
): Promise<PipelineAnswer> {
  const line = await trustRecords(folder, userState, options["revoke"] === true);
  return { lines: [line], exitCode: 0 };
}

/** Beside the records, where it is nobody's code. */
function reportFile(number: number): string {
  return `metadata/report-${number}.html`;
}

function clean({ options }: AskedOfPipeline, world: PipelineWorld): Promise<PipelineAnswer> {
  const wanted = { dryRun: options["dryRun"] === true, force: options["force"] === true };
  const cleaned = cleanStudy(world, wanted);
  const asJson = options["json"] === true;
  const lines = asJson ? [JSON.stringify(cleaned)] : cleanLines(cleaned, wanted, world.folder);
  return Promise.resolve({ lines, exitCode: 0 });
}

/** To standard output, or to the file that was asked for. */
async function answerOrFile(
  lines: readonly Line[],
  file: unknown,
  { folder, tell }: PipelineWorld,
): Promise<PipelineAnswer> {
  if (typeof file !== "string") return { lines, exitCode: 0 };
  await writeResult(folder, file, `${lines.map(lineText).join("\n")}\n`);
  tell(`Wrote ${file}`);
  return { lines: [], exitCode: 0 };
}
