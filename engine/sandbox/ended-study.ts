/** Why an author's file did not end well, as problems. */
import { problem } from "./problems.ts";
import type { Problem } from "../base/problems.ts";
import type { Evaluation, Overstepped, Thrown } from "./evaluation.ts";
import { guestProblems } from "./guest-problems.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";
import type { SourcePlace, SourcePlaces } from "./source-places.ts";
import { stripControlCharacters } from "./strip-control-characters.ts";
import { wayOutOf } from "./unknown-names.ts";

type Ended = Exclude<Evaluation, { kind: "returned" }>;

/** At the author's own line where the stack trace tells it. All text of the study is made one line. */
export function endedStudy(
  ended: Ended,
  limits: SandboxLimits,
  places: SourcePlaces,
): readonly Problem[] {
  if (ended.kind === "threw") return thrownProblems(ended.thrown, places);
  const place = places.ofStack(ended.stack);
  return [placed(overstepped(ended.kind, limits, places.lineAt(place)), place)];
}

function overstepped(kind: Overstepped, limits: SandboxLimits, line: string): Problem {
  const { seconds, megabytes, resultMegabytes } = limits;
  switch (kind) {
    case "took-too-long":
      return problem("study-took-too-long", { seconds, line });
    case "used-too-much-memory":
      return problem("study-used-too-much-memory", { megabytes, line });
    case "calls-too-deep":
      return problem("study-calls-too-deep", { line });
    case "waits":
      return problem("study-waits", {});
    case "result-too-large":
      return problem("study-result-too-large", { megabytes: resultMegabytes });
  }
}

function thrownProblems(thrown: Thrown, places: SourcePlaces): readonly Problem[] {
  const place = places.ofStack(thrown.stack);
  const reported = guestProblems(thrown.problems);
  if (reported !== null) return reported.map((each) => placed(each, place));
  const { name, message } = thrown;
  const unknown = name === "ReferenceError" ? UNKNOWN.exec(message)?.[1] : undefined;
  if (unknown !== undefined) return [placed(unknownName(unknown, places.lineAt(place)), place)];
  const told = stripControlCharacters([name, message].filter((each) => each !== "").join(": "));
  const error = told === "" ? "something that cannot be shown" : told;
  return [placed(problem("study-threw", { error, line: places.lineAt(place) }), place)];
}

/** As the interpreter says it. */
const UNKNOWN = /^'?([\p{L}_$][\p{L}\p{N}_$]{0,80})'? is not defined$/u;

function unknownName(name: string, line: string): Problem {
  return problem("study-name-unknown", { name, line, wayOut: wayOutOf(name) });
}

function placed(found: Problem, place: SourcePlace | null): Problem {
  return found.place !== undefined || place === null ? found : { ...found, place };
}
