/** The command `graph`. */
import type { Line } from "../../base/toned-line.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineContext } from "../context.ts";
import { graphMermaid } from "../graph/graph-mermaid.ts";
import { graphSvgFile } from "../graph/graph-svg.ts";
import { graphText } from "../graph/graph-text.ts";
import { graphOfPlan } from "../graph/pipeline-graph.ts";
import { RUN_ALL } from "../project/project.ts";
import { databaseUrlOf } from "../run/run-request.ts";
import { planActions } from "../state/plan.ts";
import { OpenedFolder } from "../state/study-folder.ts";
import { answerOrFile } from "./answer.ts";
import type { PipelineAnswer } from "./answer.ts";

type GraphRequest = RequestOf<"graph">;

export async function graph(
  { format, outputFile, json, strict }: GraphRequest,
  context: PipelineContext,
): Promise<PipelineAnswer> {
  const databaseUrl = databaseUrlOf({ databaseUrl: undefined }, context.environment);
  const { now } = OpenedFolder(context, { strict, databaseUrl });
  const nodes = graphOfPlan(await planActions({ wanted: [RUN_ALL], force: false }, now));
  const drawn = json ? [visibleJson(nodes)] : drawnAs(format, nodes);
  return answerOrFile(drawn, outputFile, context);
}

function drawnAs(
  format: GraphRequest["format"],
  nodes: ReturnType<typeof graphOfPlan>,
): readonly Line[] {
  switch (format) {
    case "mermaid":
      return graphMermaid(nodes);
    case "svg":
      return graphSvgFile(nodes).split("\n");
    case "text":
      return graphText(nodes);
  }
}
