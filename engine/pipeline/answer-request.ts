/** The commands about a whole study: from a request to lines and an exit code. */
import type { PipelineRequest } from "../options/command-table.ts";
import type { PipelineAnswer } from "./commands/answer.ts";
import type { PipelineContext } from "./context.ts";

/** Loads the command only then. Problems: those of the command. */
export async function answerPipeline(
  request: PipelineRequest,
  context: PipelineContext,
): Promise<PipelineAnswer> {
  switch (request.command) {
    case "run":
      return (await import("./commands/run.ts")).run(request, context);
    case "plan":
      return (await import("./commands/plan.ts")).plan(request, context);
    case "runs":
      return (await import("./commands/runs.ts")).runs(request, context);
    case "show":
      return (await import("./commands/show.ts")).show(request, context);
    case "verify":
      return (await import("./commands/verify.ts")).verify(request, context);
    case "graph":
      return (await import("./commands/graph.ts")).graph(request, context);
    case "report":
      return (await import("./commands/report.ts")).report(request, context);
    case "tools":
      return (await import("./commands/tools.ts")).tools(request, context);
    case "clean":
      return (await import("./commands/clean.ts")).clean(request, context);
    case "trust":
      return (await import("./commands/trust.ts")).trust(request, context);
  }
}
