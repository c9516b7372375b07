/** Where people are registered and live, as of now: the model keeps no history but of observation. */
import { column } from "../provision.ts";
import type { Join, Provision, Source } from "../provision.ts";
import type { Declarable, OmopDeclared } from "./declared.ts";

const lacking: Source = { kind: "lacking" };

/** Where one looks for what a site declares; each joins one row at most. */
function placesOf(person: string, location: string): readonly Join[] {
  return [
    {
      table: "care_site",
      alias: "care_site",
      kind: "left",
      on: [["care_site.care_site_id", `${person}.care_site_id`]],
    },
    {
      table: "location",
      alias: "location",
      kind: "left",
      on: [["location.location_id", location]],
    },
  ];
}

/** A column that the site declares; lacking where it does not. */
function declaredColumn(name: Declarable, { columns }: OmopDeclared, person: string): Source {
  const said = columns[name];
  if (said === undefined) return lacking;
  const [table = "", of = ""] = said.split(".");
  return column(`${table === "person" ? person : table}.${of}`);
}

/** Covered by a period of observation, its last day included. */
export function registrations(declared: OmopDeclared): Provision {
  const starts = column("o.observation_period_start_date");
  return [
    {
      table: "observation_period",
      alias: "o",
      joins: [
        { table: "person", alias: "p", kind: "left", on: [["p.person_id", "o.person_id"]] },
        ...placesOf("p", "care_site.location_id"),
      ],
      fields: {
        patient_id: column("o.person_id"),
        registration_id: column("o.observation_period_id"),
        starts_at: starts,
        ends_at: { kind: "days-later", of: column("o.observation_period_end_date"), days: 1 },
        practice_id: lacking,
        known_practice_id: lacking,
        practice_code: { kind: "digits", of: column("p.care_site_id") },
        practice_live_from: declared.historyIsComplete ? starts : lacking,
        stp_code: declaredColumn("practice.stp", declared, "p"),
        msoa: declaredColumn("practice.msoa", declared, "p"),
        region: declaredColumn("practice.region", declared, "p"),
      },
    },
  ];
}

export function addresses(declared: OmopDeclared): Provision {
  const number = (name: Declarable): Source => {
    const of = declaredColumn(name, declared, "p");
    return of.kind === "lacking" ? of : { kind: "number-in-text", of };
  };
  return [
    {
      table: "person",
      alias: "p",
      joins: placesOf("p", "p.location_id").filter(({ table }) => table === "location"),
      fields: {
        patient_id: column("p.person_id"),
        address_id: lacking,
        starts_at: lacking,
        ends_at: lacking,
        imd_rank: number("address.imd"),
        rural_urban_class: number("address.rural_urban"),
        msoa: declaredColumn("address.msoa", declared, "p"),
      },
    },
  ];
}

export function ethnicities(declared: OmopDeclared): Provision | null {
  const code = declaredColumn("ethnicity", declared, "p");
  if (code.kind === "lacking") return null;
  return [{ table: "person", alias: "p", fields: { patient_id: column("p.person_id"), code } }];
}
