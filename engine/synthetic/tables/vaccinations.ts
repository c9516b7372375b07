/** Vaccinations by product, and the diseases that each is against. */
import { studyShare } from "../code-slots.ts";
import { drawsFor } from "../draws.ts";
import type { Draws } from "../draws.ts";
import { insertInto, insertRows } from "../insert.ts";
import { COVID_VACCINE_DAY } from "../period.ts";
import { joinSql, literal, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { drawsOf, midnight, timeOfDay, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

interface Vaccine {
  readonly product: string;
  readonly diseases: readonly string[];
}

const builtIn: readonly Vaccine[] = [
  {
    product:
      "COVID-19 mRNA Vaccine Comirnaty 30micrograms/0.3ml dose conc for susp for inj MDV (Pfizer)",
    diseases: ["SARS-2 CORONAVIRUS"],
  },
  {
    product: "COVID-19 Vaccine Vaxzevria 0.5ml inj multidose vials (AstraZeneca)",
    diseases: ["SARS-2 CORONAVIRUS"],
  },
  {
    product:
      "COVID-19 mRNA Vaccine Spikevax (nucleoside modified) 0.1mg/0.5mL dose disp for inj MDV (Moderna)",
    diseases: ["SARS-2 CORONAVIRUS"],
  },
  { product: "Influenza vaccine (split virion, inactivated)", diseases: ["INFLUENZA"] },
  { product: "Adjuvanted influenza vaccine", diseases: ["INFLUENZA"] },
  { product: "Pneumococcal polysaccharide vaccine", diseases: ["PNEUMOCOCCAL"] },
  { product: "Shingles vaccine (live)", diseases: ["SHINGLES"] },
  { product: "MMR vaccine", diseases: ["MEASLES", "MUMPS", "RUBELLA"] },
  {
    product: "Hexavalent infant vaccine",
    diseases: [
      "DIPHTHERIA",
      "TETANUS",
      "PERTUSSIS",
      "POLIO",
      "HAEMOPHILUS INFLUENZAE B",
      "HEPATITIS B",
    ],
  },
  { product: "Meningococcal B vaccine", diseases: ["MENINGOCOCCAL B"] },
  { product: "Rotavirus vaccine", diseases: ["ROTAVIRUS"] },
  { product: "Human papillomavirus vaccine", diseases: ["HUMAN PAPILLOMAVIRUS"] },
  { product: "Hepatitis A vaccine", diseases: ["HEPATITIS A"] },
  { product: "Typhoid vaccine", diseases: ["TYPHOID"] },
];

export const vaccinations: TableMaker = {
  tables: ["VaccinationReference", "Vaccination"],
  start: (world) => {
    const all = vaccines(world);
    const numbered = all.map((vaccine, i) => ({
      ...vaccine,
      nr: i + 1,
      isWanted: i >= builtIn.length,
    }));
    return [
      ...references(all),
      slots(
        "vaccines",
        numbered.filter((vaccine) => !isCovid(vaccine)),
      ),
      slots("covid_vaccines", numbered.filter(isCovid)),
    ];
  },
  block: (world) => [usual(world), covid(world)],
};

function isCovid({ product, diseases }: Vaccine): boolean {
  return /covid|sars/i.test([product, ...diseases].join(" "));
}

/** The built-in ones first, then those that the study looks for. */
function vaccines({ codes }: World): readonly Vaccine[] {
  const asked = codes.vaccines.flatMap(({ diseases, products }) => {
    if (products.length === 0) {
      return diseases.map((disease) => ({ product: `${disease} vaccine`, diseases: [disease] }));
    }
    return products.map((product) => ({
      product,
      diseases: diseases.length > 0 ? diseases : diseasesOf(product),
    }));
  });
  return [...builtIn, ...asked];
}

function diseasesOf(product: string): readonly string[] {
  return builtIn.find((vaccine) => vaccine.product === product)?.diseases ?? ["OTHER"];
}

function references(all: readonly Vaccine[]): readonly Sql[] {
  const rows = all.flatMap(({ product, diseases }, i) =>
    diseases.map((disease) => ({
      VaccinationName_ID: sql`${i + 1}`,
      VaccinationName: literal(product),
      VaccinationContent: literal(disease),
    })),
  );
  return insertRows("VaccinationReference", rows);
}

interface Numbered extends Vaccine {
  readonly nr: number;
  readonly isWanted: boolean;
}

/** 1,000 slots: the study's vaccines take their share of them evenly, the others are rarer and rarer. */
function slots(table: string, of: readonly Numbered[]): Sql {
  const wanted = of.filter(({ isWanted }) => isWanted);
  const others = of.filter(({ isWanted }) => !isWanted);
  const share = Math.round(1000 * studyShare(wanted.length));
  const rows = Array.from({ length: 1000 }, (_, slot) => {
    const place = Math.floor(others.length * ((slot - share) / (1000 - share)) ** 1.5);
    const vaccine = slot < share ? wanted[slot % wanted.length] : others[place];
    return sql`(${slot}, ${vaccine?.nr ?? 1}, ${vaccine?.product ?? ""})`;
  });
  return sql`CREATE TABLE work.${word(table)} AS
    SELECT * FROM (VALUES ${joinSql(rows, ", ")}) AS slots(slot, nr, product)`;
}

/** Somewhat more than one in two years, and more if a study looks for several. */
function usual(world: World): Sql {
  const draws = drawsOf(world, "Vaccination");
  const perYear = 0.6 + 0.1 * world.codes.vaccines.length;
  return given(draws, "vaccines", sql`k * 2`, timeline(draws, { perYear }));
}

/** Most people get some, from when there were any. */
function covid(world: World): Sql {
  const draws = drawsFor(world.seed, "Vaccination against COVID-19");
  const who = sql`age > 3 AND ${draws.chance("takes part", sql`id`, 0.85)}`;
  const rows = timeline(draws, { perYear: 0.8, from: COVID_VACCINE_DAY, who });
  return given(draws, "covid_vaccines", sql`k * 2 + 1`, rows);
}

function given(draws: Draws, table: string, id: Sql, rows: Sql): Sql {
  const atTime = draws.chance("time", sql`k`, 0.5);
  return insertInto(
    "Vaccination",
    {
      Patient_ID: sql`id`,
      Vaccination_ID: id,
      VaccinationName_ID: sql`nr`,
      VaccinationSchedulePart: draws.below("part", sql`k`, 4),
      VaccinationDate: sql`CASE WHEN ${atTime} THEN ${timeOfDay(draws, sql`k`)} ELSE ${midnight()} END`,
      VaccinationName: sql`product`,
    },
    sql`(SELECT *, ${draws.below("product", sql`k`, 1000)} AS slot FROM ${rows}) JOIN work.${word(table)} USING (slot)`,
  );
}
