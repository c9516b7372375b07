import type { RunContext, RunEvent } from "../../engine/commands/context.ts";

/** A command's surroundings without a person, a database or an interruption; events are kept. */
export function quietContext(workspace: string, events: RunEvent[] = []): RunContext {
  return {
    workspace,
    now: () => new Date(),
    environment: {},
    reporter: {
      report: (event) => void events.push(event),
      progress: () => ({ advance: () => undefined, end: () => undefined }),
    },
    signal: new AbortController().signal,
    engineVersion: "0.0.0",
    cores: 2,
    outputPolicy: () => ({ decide: () => "refuse", declared: [], made: [] }),
  };
}
