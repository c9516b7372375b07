/** Prescriptions and the dictionary of their products. */
import { mixedCodes, slotTable, withHabitualCodes } from "../code-slots.ts";
import { insertInto, insertRows } from "../insert.ts";
import { joinSql, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { UNKNOWN_DAY } from "../period.ts";
import { medicines } from "../vocabulary/medicines.ts";
import type { CodeEntry } from "../vocabulary/code-entry.ts";
import { SEEN_YEARS, drawsOf, midnight, moment, secondOfDay, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

/** Prescriptions for each coded event; more where a study looks for many medicines. */
function share({ codes }: World): number {
  return Math.min(0.6, 0.3 + 0.01 * (codes.groups.medication?.length ?? 0));
}

/** What makes the clinical system's name of a product out of its dm+d code. */
const MULTILEX = ";0;1";

const DOSES = ["1 daily", "1 daily", "1 twice a day", "2 at night", "as directed"];

const QUANTITIES = ["28 tablet", "28 tablet", "56 tablet", "84 tablet", "1 pack"];

const STATUSES = ["0", "4", "4", "5", "6"];

export const medications: TableMaker = {
  tables: ["MedicationDictionary", "MedicationIssue", "VmpMapping"],
  start: (world) => {
    const drugs = prescribed(world);
    const products = drugs.map((drug) => ({ ...drug, code: drug.code + MULTILEX }));
    return [...slotTable("drugs", products), directions(), ...dictionary(drugs), ...mapping(drugs)];
  },
  block: (world) => [issues(world)],
};

function prescribed({ codes: { groups } }: World): readonly CodeEntry[] {
  const builtIn = medicines.map(({ dmd, weight }) => ({ code: dmd, weight, values: null }));
  return mixedCodes(builtIn, groups.medication ?? []);
}

/** A product of the clinical system for each dm+d code; two for some, as packs and makers differ. */
function dictionary(drugs: readonly CodeEntry[]): readonly Sql[] {
  const known = new Map(medicines.map((medicine) => [medicine.dmd, medicine]));
  const codes = [...new Set(drugs.map(({ code }) => code))];
  return insertRows(
    "MedicationDictionary",
    codes.map((code, i) => {
      const { name, form, strength } = known.get(code) ?? {
        name: `product ${code}`,
        form: "tablet",
        strength: "",
      };
      return {
        MultilexDrug_ID: literal(code + MULTILEX),
        ProductId: literal(String(10_000 + i)),
        FullName: literal(`${name} ${strength} ${form}`),
        RootName: literal(name),
        PackDescription: literal(form === "tablet" ? "28 tablet" : `1 ${form}`),
        Form: literal(form),
        Strength: literal(strength),
        CompanyName: literal(["", "Northfield", "Easton", "Westbury"][i % 4] ?? ""),
        DMD_ID: literal(code),
      };
    }),
  );
}

/** Some virtual products once had another number. */
function mapping(drugs: readonly CodeEntry[]): readonly Sql[] {
  const changed = drugs.filter((_, i) => i % 40 === 7).map(({ code }) => code);
  return insertRows(
    "VmpMapping",
    [...new Set(changed)].map((code) => ({
      id: literal(code),
      prev_id: literal(`${code.slice(0, -1)}0`),
    })),
  );
}

function issues(world: World): Sql {
  const draws = drawsOf(world, "MedicationIssue");
  const rows = timeline(draws, {
    perYear: (world.eventsPerPatient * share(world)) / SEEN_YEARS,
    perDay: 2,
    ofDay: { second: secondOfDay(draws, sql`d`), starts: midnight(), ends: midnight(28) },
  });
  const odd = (share: number): Sql => draws.chance("odd date", sql`k`, share);
  const at = sql`CASE WHEN ${odd(0.003)} THEN CASE WHEN ${odd(0.0005)} THEN NULL ELSE TIMESTAMP ${UNKNOWN_DAY} END
    ELSE ${moment(sql`second`)} END`;
  const drawn = sql`(${draws.bits("direction", sql`k`)} % ${DIRECTIONS.length})::INTEGER`;
  return insertInto(
    "MedicationIssue",
    {
      Patient_ID: sql`id`,
      Consultation_ID: sql`d`,
      MedicationIssue_ID: sql`k`,
      RepeatMedication_ID: sql`CASE WHEN ${draws.chance("repeat", sql`k`, 0.7)} THEN id * 8 + k % 8 ELSE 0 END`,
      MultilexDrug_ID: sql`code`,
      Dose: sql`dose`,
      Quantity: sql`quantity`,
      MedicationStatus: sql`status`,
      StartDate: sql`starts`,
      EndDate: sql`ends`,
      ConsultationDate: at,
    },
    sql`(SELECT *, ${drawn} AS direction FROM ${withHabitualCodes(draws, rows, "drugs")}) AS rows
      JOIN work.directions AS directions ON directions.nr = rows.direction`,
  );
}

/** Every dose with every quantity and status: one draw for the three of them. */
const DIRECTIONS = DOSES.flatMap((dose) =>
  QUANTITIES.flatMap((quantity) => STATUSES.map((status) => [dose, quantity, status] as const)),
);

/** With a number missing, as slots are. */
function directions(): Sql {
  const rows = DIRECTIONS.map((texts, nr) => sql`(${nr}, ${joinSql(texts.map(literal), ", ")})`);
  return sql`CREATE TABLE work.directions AS SELECT * FROM (VALUES ${joinSql(rows, ", ")},
    (${2 * DIRECTIONS.length}, NULL, NULL, NULL)) AS rows(nr, dose, quantity, status)`;
}
