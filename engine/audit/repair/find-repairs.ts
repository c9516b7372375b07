/** One repair of all that an audit found, in the words of the file that holds it. */
import type { IsoDate } from "../../base/dates.ts";
import type { AuditRepair } from "../audit-result.ts";
import type { AuditedWorld } from "../audit-world.ts";
import type { Description } from "../describe/description.ts";
import type { WorldParts } from "../model/world.ts";
import type { Asked } from "../settle-world.ts";
import { repairWorld } from "./repair-world.ts";
import type { Withholding } from "./repairs-file.ts";
import type { Spot } from "./withheld-tables.ts";

/** Null where no figure of the last release can be withheld that helps. */
export function findRepair(
  description: Description,
  worlds: readonly (readonly [WorldParts, AuditedWorld])[],
  asked: Asked,
): AuditRepair | null {
  const release = description.releases.at(-1)?.name ?? "";
  const actions: Withholding[] = [];
  let [bits, cells] = [0, 0];
  for (const [parts, audited] of worlds) {
    const withheld = repairWorld(parts, audited, { description, asked, release });
    if (withheld === null) return null;
    for (const { spots, cost } of withheld) {
      actions.push(...spots.map(withholdingOf));
      bits += cost;
      cells++;
    }
  }
  return { actions, bits: Math.ceil(bits), cells };
}

function withholdingOf({ table, column, at }: Spot): Withholding {
  const { measure, date, labels } = table;
  const groups = Object.fromEntries(labels.map(({ name, texts }) => [name, texts[at] ?? ""]));
  return { measure: measure.id, date: date as IsoDate, column, groups };
}
