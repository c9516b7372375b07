/** Vaccinations by product, and the diseases that each is against. spec/functions.md 2. */
import { studyShare } from "../code-slots.ts";
import { insertInto, insertRows } from "../insert.ts";
import { quoteText } from "../quote.ts";
import { drawsOf, timeOfDay, timeline } from "../world.ts";
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
    const { all, wanted } = vaccines(world);
    return [references(all), names(all, wanted)].flat();
  },
  block: (world) => [given(world)],
};

/** The built-in ones first; `wanted` numbers those that the study looks for. */
function vaccines({ codes }: World): {
  readonly all: readonly Vaccine[];
  readonly wanted: readonly number[];
} {
  const asked = codes.vaccines.flatMap(({ diseases, products }) => {
    if (products.length === 0) {
      return diseases.map((disease) => ({ product: `${disease} vaccine`, diseases: [disease] }));
    }
    return products.map((product) => ({
      product,
      diseases: diseases.length > 0 ? diseases : diseasesOf(product),
    }));
  });
  const all = [...builtIn, ...asked];
  return { all, wanted: asked.map((_, i) => builtIn.length + i) };
}

function diseasesOf(product: string): readonly string[] {
  return builtIn.find((vaccine) => vaccine.product === product)?.diseases ?? ["OTHER"];
}

function references(all: readonly Vaccine[]): readonly string[] {
  const rows = all.flatMap(({ product, diseases }, i) =>
    diseases.map((disease) => ({
      VaccinationName_ID: String(i + 1),
      VaccinationName: quoteText(product),
      VaccinationContent: quoteText(disease),
    })),
  );
  return insertRows("VaccinationReference", rows);
}

/** `work.vaccines`: 1,000 slots; the study's vaccines take their share of them. */
function names(all: readonly Vaccine[], wanted: readonly number[]): readonly string[] {
  const share = Math.round(1000 * studyShare(wanted.length));
  const slots = Array.from({ length: 1000 }, (_, slot) =>
    slot < share
      ? (wanted[slot % wanted.length] ?? 0)
      : Math.floor(builtIn.length * ((slot - share) / (1000 - share)) ** 1.5),
  );
  const rows = slots.map(
    (vaccine, slot) => `(${slot}, ${vaccine + 1}, ${quoteText(all[vaccine]?.product ?? "")})`,
  );
  return [
    `CREATE TABLE work.vaccines AS SELECT * FROM (VALUES ${rows.join(", ")}) AS slots(slot, nr, product)`,
  ];
}

/** About one a year. The young get one at 60 days already, and so the day is the timeline's. */
function given(world: World): string {
  const draws = drawsOf(world, "Vaccination");
  return insertInto(
    "Vaccination",
    {
      Patient_ID: "id",
      Vaccination_ID: "k",
      VaccinationName_ID: "nr",
      VaccinationSchedulePart: draws.below("part", "k", 4),
      VaccinationDate: `CASE WHEN ${draws.chance("time", "k", 0.5)} THEN day::TIMESTAMP ELSE ${timeOfDay(draws, "k")} END`,
      VaccinationName: "product",
    },
    `(SELECT *, ${draws.below("product", "k", 1000)} AS slot
      FROM ${timeline(draws, { perYear: `${0.6 + 0.1 * world.codes.vaccines.length}` })}) JOIN work.vaccines USING (slot)`,
  );
}
