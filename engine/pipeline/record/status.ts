/** The states of a run and of its actions. */

export type JobState = "pending" | "running" | "succeeded" | "failed";

/** Each code with the state it belongs to and the name that messages use. */
export const statusCodes = {
  created: { state: "pending", text: "Created" },
  waiting_on_dependencies: { state: "pending", text: "Waiting on dependencies" },
  waiting_on_workers: { state: "pending", text: "Waiting for other actions to end" },
  preparing: { state: "running", text: "Preparing your code and workspace files" },
  prepared: { state: "running", text: "Prepared and ready to run" },
  executing: { state: "running", text: "Executing" },
  executed: { state: "running", text: "Checking outputs" },
  finalizing: { state: "running", text: "Recording results" },
  succeeded: { state: "succeeded", text: "Completed successfully" },
  unchanged: { state: "succeeded", text: "Not run: what it needs came out as before" },
  dependency_failed: { state: "failed", text: "Not starting as dependency failed" },
  not_started: { state: "failed", text: "Not started after another action failed" },
  nonzero_exit: { state: "failed", text: "Job exited with an error" },
  unmatched_patterns: { state: "failed", text: "No outputs found matching patterns" },
  no_tool: { state: "failed", text: "Nothing on this machine can run it" },
  cancelled_by_user: { state: "failed", text: "Cancelled by user" },
  internal_error: { state: "failed", text: "Internal error" },
} as const satisfies Record<string, { readonly state: JobState; readonly text: string }>;

export type StatusCode = keyof typeof statusCodes;

export const statusCodeNames = Object.keys(statusCodes) as readonly StatusCode[];

export function stateOf(code: StatusCode): JobState {
  return statusCodes[code].state;
}

export const runStatuses = [
  "running",
  "succeeded",
  "failed",
  "nothing_to_do",
  "interrupted",
] as const;
export type RunStatus = (typeof runStatuses)[number];

export function runStatus(codes: readonly StatusCode[], isInterrupted: boolean): RunStatus {
  if (isInterrupted) return "interrupted";
  if (codes.length === 0) return "nothing_to_do";
  const states = new Set(codes.map(stateOf));
  if (states.has("running") || states.has("pending")) return "running";
  return states.has("failed") ? "failed" : "succeeded";
}

/** As people read it. */
export const runStatusTexts: Readonly<Record<RunStatus, string>> = {
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  nothing_to_do: "Nothing to do",
  interrupted: "Interrupted",
};
