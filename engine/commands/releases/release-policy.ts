/** Whether an audit asked for enough: a policy can ask for more than is usual, and for less. */
import type { Description, Policy } from "../../audit/describe/description.ts";
import { policyOf } from "../../audit/describe/description.ts";
import type { PackChecks } from "./pack-checks.ts";

/** `file` holds the policy, as messages name it. */
export function policyChecks(
  description: Description,
  asked: Policy,
  file: string | undefined,
): PackChecks {
  const usual = policyOf({ ...description, policy: {} });
  const toFinding = (says: string) => ({ file: file ?? "the policy", says });
  const voids = [
    ...(asked.minValues < 2 ? ["lets numbers pass of which one value is possible"] : []),
    ...(asked.small < 1 ? ["takes no number for small"] : []),
    ...(asked.attacker === "rules" ? [] : ["takes those who know the rules for no danger"]),
    ...(asked.targets.includes("hidden") ? [] : ["does not ask for hidden numbers"]),
  ];
  const less = [
    ...(asked.minValues < usual.minValues
      ? [`asks for ${asked.minValues} possible values, and usual are ${usual.minValues}`]
      : []),
    ...(asked.small < usual.small
      ? [`takes 1 to ${asked.small} for small, and usual is 1 to ${usual.small}`]
      : []),
    ...usual.targets
      .filter((each) => !asked.targets.includes(each))
      .map((each) => `does not ask for ${each}, as is usual`),
  ];
  return { refused: voids.map(toFinding), warnings: less.map(toFinding) };
}
