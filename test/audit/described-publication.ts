/** A publication as `cohortline audit --description` reads it. */
import { columnsOf } from "./publication.ts";
import type { Printed, Rule } from "./publication.ts";
import type { Publication } from "./random-publication.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import type { Description } from "../../engine/audit/describe/description.ts";

export function describedAs(publication: Publication): Description {
  const { setting, known, attacker, policy } = publication;
  const { axes, cuts, quantities, facts, dates, time, tables } = setting;
  const cutAxes = axes.filter(({ name }) => cuts.some(({ axis }) => axis === name));
  const releases = [...new Set(tables.map(({ release }) => release))];
  const text = JSON.stringify({
    ...{ format: 1, policy: { ...policy, attacker }, facts, known },
    columns: Object.fromEntries(quantities.slice(1).map(({ name, kind }) => [name, { kind }])),
    time: dates.length > 1 ? time : undefined,
    dimensions: cutAxes.map(({ name, values }) => ({
      ...{ name, values },
      columns: Object.fromEntries(
        cuts.filter(({ axis }) => axis === name).map(({ column, labels }) => [column, labels]),
      ),
    })),
    releases: releases.map((name) => {
      const own = tables.filter(({ release }) => release === name);
      return {
        ...{ name, study: "s", data: "d" },
        measures: own.map(({ id, numerator, denominator, keys, groups, rule }) => ({
          ...{ id, numerator, denominator, groups },
          ...{ group_by: keys.length === 0 ? ["population"] : keys },
          ...ruleIn(rule),
        })),
        files: Object.fromEntries(
          own.map(({ id }) => [`measure_${id}.csv`, fileOf(publication, id)]),
        ),
      };
    }),
  });
  const read = readDescription(text, "description");
  return {
    ...read,
    releases: read.releases.map((release) => ({
      ...release,
      measures: release.measures.map((measure) => ({
        ...measure,
        withheld: withheldOf(publication, measure.id),
      })),
    })),
  };
}

function ruleIn({ isOurs, threshold, secondary, as, rounding, value }: Rule): object {
  const { kind, by } = rounding;
  const said =
    kind === "none"
      ? {}
      : { rounding: kind === "midpoint6" ? kind : { [kind === "within" ? "within" : "to"]: by } };
  if (isOurs)
    return { small_number_suppression: threshold === null ? false : { threshold }, ...said };
  const { from, decimals } = value;
  const ratio = { from, ...(decimals === null ? {} : { decimals }) };
  return { rule: { threshold, as, secondary, value: ratio, ...said } };
}

function withheldOf({ setting, printed }: Publication, id: string) {
  return printed
    .filter(({ table }) => table.id === id)
    .flatMap(({ table, date, rows, withheld }) =>
      withheld.flatMap((own, column) =>
        [...own].map((row) => ({
          column: columnsOf(table).names[column] ?? "",
          date: (setting.dates[date] ?? "") as IsoDate,
          groups: rows[row]?.groups ?? {},
        })),
      ),
    );
}

export function fileOf({ setting, printed }: Publication, id: string): string {
  const own = printed.filter(({ table }) => table.id === id);
  const [first] = own;
  if (first === undefined) return "";
  const { names } = columnsOf(first.table);
  const header = [...first.table.keys, ...names, "value", "date"].join(",");
  const rows = own.flatMap((each) => rowsOf(each, setting.dates[each.date] ?? ""));
  return [header, ...rows, ""].join("\n");
}

function rowsOf({ table, rows, numbers, values }: Printed, date: string): readonly string[] {
  const hides = numbers.map((own) => own.includes(null));
  const star = table.rule.as === "star" && !table.rule.isOurs ? "*" : "";
  return rows.map(({ groups }, row) => {
    const counts = numbers.map((own, column) => {
      const n = own[row] ?? null;
      return n === null ? star : `${n}${hides[column] === true ? ".0" : ""}`;
    });
    return [...Object.values(groups), ...counts, values[row] ?? "", date].join(",");
  });
}
