/** What stands behind the keys of an expression. */
import { parseIsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { DayLayout } from "../provision.ts";
import type { Given, GivenKind } from "./form.ts";
import { entriesOf, itemsOf, wordOf, wrong } from "./shape.ts";
import type { Notes, Part } from "./shape.ts";

const LAYOUTS: readonly DayLayout[] = ["iso", "day-first", "iso-or-day-first", "compact"];
const MOST_TEXTS = 10_000;
const MOST_DAYS = 36_525;

/** Null, noted, where it is not of the kind. */
export function readGiven(kind: GivenKind, part: Part, notes: Notes): Given | null {
  switch (kind) {
    case "texts":
      return readTexts(part, notes);
    case "codes":
      return readCodes(part, notes);
    case "text": {
      const { node } = part;
      const isText = node.kind === "scalar" && typeof node.value === "string";
      return isText ? { text: node.text } : wrong(part, "a text", notes);
    }
    case "others": {
      const { node } = part;
      const isSaid = node.kind === "scalar" && (node.value === "" || node.value === "kept");
      return isSaid ? { text: node.text } : wrong(part, '"" or kept', notes);
    }
    case "day": {
      const day = parseIsoDate(wordOf(part, notes) ?? "");
      return day === null ? wrong(part, "a day such as 2020-03-31", notes) : { day };
    }
    case "days":
      return readDays(part, notes);
    case "layout": {
      const layout = LAYOUTS.find((each) => each === wordOf(part, notes));
      return layout === undefined ? wrong(part, `one of ${LAYOUTS.join(", ")}`, notes) : { layout };
    }
    case "pairs":
      return readPairs(part, notes);
    case "factors":
      return readFactors(part, notes);
    case "expression":
      return {};
    default:
      return unreachable(kind);
  }
}

function readTexts(part: Part, notes: Notes): Given | null {
  const texts = itemsOf(part, MOST_TEXTS, notes).map((node) => {
    const isEmpty = node.kind === "scalar" && node.value === "";
    return isEmpty ? "" : wordOf({ node, what: part.what }, notes);
  });
  const known = texts.filter((text) => text !== null);
  return known.length === texts.length && known.length > 0 ? { texts: known } : null;
}

/** Texts, or whole numbers. */
function readCodes(part: Part, notes: Notes): Given | null {
  const values = itemsOf(part, MOST_TEXTS, notes).map((node) =>
    node.kind === "scalar" ? node.value : null,
  );
  const texts = values.filter((value) => typeof value === "string");
  const numbers = values.filter(
    (value): value is number => typeof value === "number" && Number.isSafeInteger(value),
  );
  if (values.length === 0) return null;
  if (texts.length === values.length) return { texts };
  if (numbers.length === values.length) return { numbers };
  return wrong(part, "a list of texts, or of whole numbers", notes);
}

function readDays(part: Part, notes: Notes): Given | null {
  const { node } = part;
  const count = node.kind === "scalar" ? node.value : null;
  const isCount = typeof count === "number" && Number.isInteger(count);
  if (isCount && count >= 1 && count <= MOST_DAYS) return { count };
  return wrong(part, `a whole number from 1 to ${MOST_DAYS}`, notes);
}

function readPairs(part: Part, notes: Notes): Given | null {
  const entries = entriesOf(part, notes);
  if (entries.length === 0 || entries.length > MOST_TEXTS) {
    return part.node.kind === "map"
      ? wrong(part, `a mapping of 1 to ${MOST_TEXTS} texts`, notes)
      : null;
  }
  const pairs = entries.map(({ key, value }) => {
    const isEmpty = value.kind === "scalar" && value.value === "";
    const to = isEmpty ? "" : wordOf({ node: value, what: `${part.what}, ${key}` }, notes);
    return to === null ? null : ([key, to] as const);
  });
  const known = pairs.filter((pair) => pair !== null);
  return known.length === pairs.length ? { pairs: known } : null;
}

/** Units by number. */
function readFactors(part: Part, notes: Notes): Given | null {
  const factors = entriesOf(part, notes).map(({ key, value }) => {
    const factor = value.kind === "scalar" ? value.value : null;
    const unit = /^\d{1,10}$/.test(key) ? Number(key) : null;
    return unit !== null && typeof factor === "number" && Number.isFinite(factor)
      ? ([unit, factor] as const)
      : null;
  });
  const known = factors.filter((factor) => factor !== null);
  if (known.length === factors.length && known.length > 0) return { factors: known };
  return part.node.kind === "map"
    ? wrong(part, "factors by the number of their unit: 9529: 1", notes)
    : null;
}
