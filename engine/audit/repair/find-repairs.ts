/** Repairs of all that an audit found, in the words of the file that holds them. */
import type { IsoDate } from "../../base/dates.ts";
import type { AuditRepair } from "../audit-result.ts";
import type { AuditedWorld } from "../audit-world.ts";
import type { Description } from "../describe/description.ts";
import type { WorldParts } from "../model/world.ts";
import type { Asked } from "../settle-world.ts";
import { bitsOf } from "./candidates.ts";
import { fewestFiles } from "./fewest-files.ts";
import { repairWorld } from "./repair-world.ts";
import type { Repairing } from "./repair-world.ts";
import { roundAll } from "./round-all.ts";
import type { Withholding } from "./repairs-file.ts";
import type { Spot } from "./withheld-tables.ts";

type Worlds = readonly (readonly [WorldParts, AuditedWorld])[];

/** First the one that loses least; none where nothing of the last release can be left out that helps. */
export function findRepairs(
  description: Description,
  worlds: Worlds,
  asked: Asked,
): readonly AuditRepair[] {
  const release = description.releases.at(-1)?.name ?? "";
  const repairing = { description, asked, release };
  const found = [
    byFigures(worlds, repairing),
    byFiles(worlds, repairing),
    roundAll(worlds, repairing),
  ];
  return found.filter((each) => each !== null).sort((a, b) => a.bits - b.bits);
}

function byFigures(worlds: Worlds, repairing: Repairing): AuditRepair | null {
  const figures: Withholding[] = [];
  let [bits, cells] = [0, 0];
  for (const [parts, audited] of worlds) {
    const withheld = repairWorld(parts, audited, repairing);
    if (withheld === null) return null;
    for (const { spots, cost } of withheld) {
      figures.push(...spots.map(withholdingOf));
      bits += cost;
      cells++;
    }
  }
  return {
    ...{ by: "figures", bits: Math.ceil(bits), cells },
    files: new Set(figures.map(({ measure }) => measure)).size,
    actions: figures.map((figure) => ({ withhold: figure })),
  };
}

function byFiles(worlds: Worlds, repairing: Repairing): AuditRepair | null {
  const tables = fewestFiles(worlds, repairing);
  if (tables === null) return null;
  const shown = tables.flatMap(({ columns }) => columns.flatMap(({ numbers }) => numbers));
  return {
    ...{ by: "files", bits: Math.ceil(tables.reduce((sum, table) => sum + bitsOf(table), 0)) },
    cells: shown.filter((number) => number !== null).length,
    files: new Set(tables.map(({ measure }) => measure.id)).size,
    actions: tables.map(({ measure, date }) => ({
      drop: { measure: measure.id, date: date as IsoDate },
    })),
  };
}

function withholdingOf({ table, column, at }: Spot): Withholding {
  const { measure, date, labels } = table;
  const groups = Object.fromEntries(
    labels.map(({ name, of, texts }) => [of?.column ?? name, texts[at] ?? ""]),
  );
  return { measure: measure.id, date: date as IsoDate, column, groups };
}
