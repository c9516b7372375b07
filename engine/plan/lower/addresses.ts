/** Where the patients live, and with how many. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { addresses } from "../../definition/functions/addresses.ts";
import type { Order, Rows } from "../model/rows.ts";
import { compare, field, flag, integer, isPresent, text } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { matching } from "./dated-rows.ts";
import { lowerRules } from "./lower-condition.ts";
import type { Term } from "./lower-condition.ts";
import { lowerDate } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";
import { covering, currentOf, latest, lowest } from "./spells.ts";

/** The latest to begin, then to end, then one with a post code, then the lowest id. */
const addressOrder: readonly Order[] = [
  latest("starts_at"),
  latest("ends_at"),
  lowest(flag(compare(field("msoa"), "=", text("NPC"), "folded"))),
  lowest(field("address_id")),
];

type AddressColumn = CheckedColumn<"address_as_of">;

const addressFields: { readonly [R in AddressColumn["args"]["returning"]]: string } = {
  index_of_multiple_deprivation: "imd_rank",
  rural_urban_classification: "rural_urban_class",
  msoa: "msoa",
};

function lowerAddress({ args, dates }: AddressColumn, to: Lowering): Lowered {
  const day = lowerDate(dates.date, to);
  const of = field(addressFields[args.returning]);
  const { places, noDeprivation } = to.meaning;
  const rows = matching("addresses");
  const asOf = (): Value => {
    const window = covering(field("starts_at"), day, day);
    return to.summary(rows, window, { kind: "pick", take: { value: of }, order: addressOrder })();
  };
  const value = places === "as-of" ? asOf() : currentOf(rows, of, to);
  const isImd = args.returning === "index_of_multiple_deprivation";
  return isImd ? { value, emptyNumber: noDeprivation } : { value };
}

/** A condition on a missing nursing flag does not hold, and neither does its negation. */
function lowerCareHome(column: CheckedColumn<"care_home_status_as_of">, to: Lowering): Lowered {
  const day = lowerDate(column.dates.date, to);
  const nursing = { requires_nursing: "requires_nursing", no_nursing: "no_nursing" };
  const rows: Rows = {
    kind: "looked-up",
    from: matching("addresses"),
    table: "care_homes",
    on: ["address_id", "address_id"],
    where: null,
    take: nursing,
    order: Object.values(nursing),
    found: "is_care_home",
  };
  const picked = to.summary(rows, covering(field("starts_at"), day, day), {
    kind: "pick",
    take: {
      address: integer(1),
      is_care_home: field("is_care_home"),
      requires_nursing: field("requires_nursing"),
      no_nursing: field("no_nursing"),
    },
    order: addressOrder,
  });
  const terms: Readonly<Record<string, Term>> = {
    IsPotentialCareHome: {
      value: { kind: "coalesce", of: picked("is_care_home"), otherwise: integer(0) },
      type: "int",
      emptyNumber: 0,
    },
    LocationRequiresNursing: { value: picked("requires_nursing"), type: "str", emptyNumber: 0 },
    LocationDoesNotRequireNursing: { value: picked("no_nursing"), type: "str", emptyNumber: 0 },
  };
  const then = lowerRules(column.rules ?? [], (name) => {
    const term = terms[name];
    if (term === undefined) throw new Error(`no care home term ${name}`);
    return term;
  });
  const when = isPresent(picked("address"));
  return { value: { kind: "choose", cases: [{ when, then }], otherwise: null } };
}

type HouseholdColumn = CheckedColumn<"household_as_of">;

const householdFields: { readonly [R in HouseholdColumn["args"]["returning"]]: Value } = {
  pseudo_id: field("household_id"),
  household_size: field("size"),
  is_prison: flag({ kind: "is-true", of: field("is_prison") }),
  has_members_in_other_ehr_systems: flag({ kind: "is-true", of: field("has_other_systems") }),
  percentage_of_members_with_data_in_this_backend: field("percentage_here"),
  msoa: field("msoa"),
};

/** Households were recorded once; the date is checked before. */
function lowerHousehold({ args }: HouseholdColumn, to: Lowering): Lowered {
  const output = { kind: "each", take: { value: householdFields[args.returning] } } as const;
  return { value: to.summary(matching("households"), { kind: "always" }, output)() };
}

export const lowerAddresses: LowerFamily<typeof addresses> = {
  address_as_of: lowerAddress,
  care_home_status_as_of: lowerCareHome,
  household_as_of: lowerHousehold,
};
