/** What can be left out so that nothing can be worked out any more: what is done to which file, and no number. */
import type { AuditRepair } from "../../audit/audit-result.ts";
import { repairText, roundingText } from "../../audit/repair/repair-words.ts";
import type { RepairAction } from "../../audit/repair/repairs-file.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";

const MOST_ACTIONS = 200;

/** Nothing where none was asked for or found. */
export function repairsSection(repairs: readonly AuditRepair[]): Html {
  if (repairs.length === 0) return markup``;
  return markup`<h2>What can be done about it</h2>
<p>After each of these all of it is releasable: it was audited again to the end. The first one loses least.</p>
${repairs.map(repairHtml)}`;
}

function repairHtml(repair: AuditRepair): Html {
  const { actions, by } = repair;
  const more = actions.length - MOST_ACTIONS;
  return markup`<details><summary>By ${by}: ${repairText(repair, false)}</summary><ul>
${actions.slice(0, MOST_ACTIONS).map((each) => markup`<li>${actionText(each)}</li>`)}
${more > 0 ? markup`<li>and ${groupedDigits(more)} more</li>` : null}</ul></details>`;
}

function actionText(action: RepairAction): string {
  if ("drop" in action) {
    const { measure, date } = action.drop;
    return `leave out measure ${measure}${date === undefined ? "" : `, ${date}`}`;
  }
  if ("merge" in action)
    return `merge ${action.merge.labels.join(", ")} of column ${action.merge.column}`;
  if ("round" in action) return roundingText(action.round);
  const { measure, date, column, groups } = action.withhold;
  const labels = Object.entries(groups).map(([name, label]) => `${name} ${label}`);
  const where = [column, ...labels, date].join(", ");
  return `withhold ${where} in measure ${measure}`;
}
