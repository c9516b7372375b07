/** What gives single patients away in a table that is drawn from measures: a row for each of them, or the least and the largest of their values. */
import { jsonColumns } from "../../release/json-columns.ts";
import { shownText } from "../../release/markup-columns.ts";
import { namedPatients } from "../../release/patient-id-names.ts";
import { csvRows } from "../../text/csv-rows.ts";

/** Why not to release it; `type` is its extension. Its names are not shown: without a header they are values. */
export function singleValues(type: string, text: string): readonly string[] {
  return [
    ...(namedPatients(type, text) === null ? [] : ["has a row for each patient"]),
    ...(namesIn(type, text).some(isExtreme)
      ? ["has a minimum or a maximum, which is the value of one patient"]
      : []),
  ];
}

/** `bmi_max`, `Min.`, `maximum dose`, `bmiMax`; not `minutes`. */
function isExtreme(name: string): boolean {
  return (
    /(?:^|[^a-z])(?:min|max)(?:imum)?(?![a-z])/i.test(name) ||
    /[a-z](?:Min|Max)(?:imum)?(?![a-z])/.test(name)
  );
}

const SEPARATORS = [",", "\t", ";", "|"] as const;

/** Of columns, and of rows: a summary has its minimum in a row. */
function namesIn(type: string, text: string): readonly string[] {
  if (type === ".json") return jsonColumns(text).map(({ name }) => name ?? "");
  const headings = [...text.matchAll(/<th\b[^>]*>([^]*?)<\/th>/gi)];
  return [
    ...headings.map(([, held = ""]) => shownText(held)),
    ...SEPARATORS.flatMap((separator) => namesBetween(separator, text)),
  ];
}

/** A table has rows of one length. Of a row's first cell nothing but the word itself counts. */
function namesBetween(separator: string, text: string): readonly string[] {
  const [header = [], ...rows] = csvRows(text, separator).map(({ cells }) => cells());
  if (header.length < 2 || rows[0]?.length !== header.length) return [];
  const first = rows.map(([cell = ""]) => cell.trim());
  return [...header, ...first.filter((cell) => /^(?:min|max)(?:imum)?\.?$/i.test(cell))];
}
