/** Who people are, where they are registered and where they live. */
import { addDays } from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";
import type { addresses } from "../../engine/definition/functions/addresses.ts";
import type { ethnicity } from "../../engine/definition/functions/ethnicity.ts";
import type { registrations } from "../../engine/definition/functions/registrations.ts";
import { dayMeant, rowsOf } from "../naive/asked.ts";
import type { AnswerFamily, Asked } from "../naive/asked.ts";
import { demographicsFrom } from "../naive/demographics.ts";
import { groupOf } from "../naive/ethnicity.ts";
import { flag, found, nothing } from "../naive/found.ts";
import type { Found } from "../naive/found.ts";
import { periodWithin } from "../naive/in-period.ts";
import { extreme } from "../naive/order.ts";
import { day, text, whole } from "../naive/row.ts";
import type { Row } from "../naive/row.ts";
import type { Declared } from "./declared.ts";
import { birthDay, ownRows, person, pointedTo } from "./own-rows.ts";

const SEXES: Readonly<Record<number, string>> = { 8507: "M", 8532: "F" };

export const demographics = demographicsFrom({
  sex: (asked) => SEXES[whole(person(asked), "gender_concept_id") ?? 0] ?? null,
  birth: birthDay,
});

/** Whether one period of observation covers both days; its last day is of it. */
function isCovered(asked: Asked, from: IsoDate | null, to: IsoDate | null): boolean {
  if (from === null || to === null) return false;
  return ownRows(asked, "observation_period").some((row) => {
    const [start, end] = [startOf(row), endOf(row)];
    return start !== null && end !== null && start <= from && end >= to;
  });
}

const startOf = (row: Row): IsoDate | null => day(row, "observation_period_start_date");
const endOf = (row: Row): IsoDate | null => day(row, "observation_period_end_date");

type Spell = Asked<
  "registered_with_one_practice_between" | "with_complete_gp_consultation_history_between"
>;

function between(asked: Spell): Found {
  const { start_date: from, end_date: to } = asked.column.dates;
  return flag(isCovered(asked, dayMeant(asked, from), dayMeant(asked, to)));
}

/** The day after the last period, unless the records end before. */
function deregistered(
  asked: Asked<"date_deregistered_from_all_supported_practices">,
  { data_until: declared }: Declared,
): Found {
  const last = extreme(ownRows(asked, "observation_period").map(endOf), false);
  if (last === null || last === "9999-12-31") return nothing;
  const left = addDays(last, 1);
  const released = rowsOf(asked, "cdm_source").map((row) => day(row, "source_release_date"));
  const until = declared ?? extreme(released, false);
  const isIn = periodWithin(asked, "1900-01-01", "3000-01-01")(left);
  return isIn && (until === null || left <= until) ? found(left) : nothing;
}

/** What a site declares to be in a column of the person, or of a place that is pointed to. */
function declaredText(asked: Asked, { columns = {} }: Declared, name: string): string | null {
  const [table = "", column = ""] = (columns[name] ?? "").split(".");
  const own = person(asked);
  if (table === "person") return text(own, column);
  const site = pointedTo(asked, "care_site", own);
  if (table === "care_site") return text(site, column);
  return text(pointedTo(asked, "location", name.startsWith("practice") ? site : own), column);
}

const PRACTICE: Readonly<Record<string, string>> = {
  stp_code: "practice.stp",
  msoa: "practice.msoa",
  msoa_code: "practice.msoa",
  nuts1_region_name: "practice.region",
};

function practice(asked: Asked<"registered_practice_as_of">, declared: Declared): Found {
  const on = dayMeant(asked, asked.column.dates.date);
  if (!isCovered(asked, on, on)) return nothing;
  const name = PRACTICE[asked.column.args.returning];
  if (name === undefined) return found(text(person(asked), "care_site_id"));
  return found(declaredText(asked, declared, name));
}

const ADDRESS = {
  index_of_multiple_deprivation: "address.imd",
  rural_urban_classification: "address.rural_urban",
  msoa: "address.msoa",
};

/** As it is now, whatever the day. */
function address(asked: Asked<"address_as_of">, declared: Declared): Found {
  const { returning } = asked.column.args;
  const told = declaredText(asked, declared, ADDRESS[returning]);
  return found(told === null || returning === "msoa" ? told : Number(told));
}

function ethnicityOf(asked: Asked<"with_ethnicity_from_sus">, declared: Declared): Found {
  const code = declaredText(asked, declared, "ethnicity");
  if (code === null || code === "99" || /^z/i.test(code)) return nothing;
  return found(groupOf(code, asked.column.args.returning));
}

type People = typeof registrations & typeof addresses & typeof ethnicity;
type Answered = Omit<
  AnswerFamily<People>,
  "with_complete_history_between" | "care_home_status_as_of" | "household_as_of"
>;

export function people(declared: Declared): Answered {
  return {
    registered_as_of: (asked) => {
      const on = dayMeant(asked, asked.column.dates.reference_date);
      return flag(isCovered(asked, on, on));
    },
    registered_with_one_practice_between: between,
    with_complete_gp_consultation_history_between: between,
    date_deregistered_from_all_supported_practices: (asked) => deregistered(asked, declared),
    registered_practice_as_of: (asked) => practice(asked, declared),
    address_as_of: (asked) => address(asked, declared),
    with_ethnicity_from_sus: (asked) => ethnicityOf(asked, declared),
  };
}
