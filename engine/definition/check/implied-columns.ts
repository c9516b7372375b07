import type { Draft } from "./draft.ts";

/**
 * The date columns that `include_date_of_match` (NAME_date) and `include_measurement_date`
 * (NAME_date_measured) stand for; they inherit format, expectations and hiddenness.
 */
export function impliedColumns(draft: Draft): readonly Draft[] {
  return [
    ...(draft.args["include_date_of_match"] === true ? [dateOf(draft, "_date")] : []),
    ...(draft.args["include_measurement_date"] === true ? [dateOf(draft, "_date_measured")] : []),
  ];
}

function dateOf(source: Draft, suffix: string): Draft {
  const format = source.args["date_format"];
  const args = { source: source.name, ...(format === undefined ? {} : { date_format: format }) };
  return { ...source, name: `${source.name}${suffix}`, function: "date_of", args };
}
