/** Vaccinations, and what their records tell besides. */
import type { VaccineCodes, VaccineTexts } from "../../definition/checked-arguments.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { vaccinations } from "../../definition/functions/vaccinations.ts";
import type { Codelist } from "../../definition/model.ts";
import type { Rows } from "../model/rows.ts";
import { compare, field, text } from "../model/value.ts";
import { problem } from "../problems.ts";
import {
  existsIn,
  findsFirst,
  inCodelist,
  isOneOf,
  lowerDatedRows,
  matching,
} from "./dated-rows.ts";
import { eventCodelist } from "./event-codelists.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

function lowerNamed(
  column: CheckedColumn<"with_vaccination_record" | "with_tpp_vaccination_record">,
  vaccine: VaccineTexts,
  to: Lowering,
): Lowered {
  const rows = matching(
    "vaccinations",
    ...isOneOf("target_disease", vaccine.target_disease_matches, to),
    ...isOneOf("product", vaccine.product_name_matches, to),
  );
  return lowerDatedRows(column, rows, "given_at", to);
}

type CodedVaccination = CheckedColumn<"with_vaccination_record">;

/** A procedure and a product that are both asked for make a vaccination of each two rows, whatever lies between them. */
function lowerCoded(column: CodedVaccination, vaccine: VaccineCodes, to: Lowering): Lowered {
  const { procedure_codes: procedures, product_codes: products } = vaccine;
  const listed = (table: "immunisations" | "medications", codelist: Codelist): Rows =>
    matching(table, inCodelist(field("code"), eventCodelist(column, codelist, to)));
  const given = procedures ? listed("immunisations", procedures) : null;
  const issued = products ? listed("medications", products) : null;
  if (given !== null && issued !== null) {
    const rows: Rows = {
      kind: "paired",
      from: given,
      with: issued,
      dates: ["given_at", "issued_at"],
      take: findsFirst(column) ? "earlier" : "later",
      date: "given_at",
    };
    return lowerDatedRows(column, rows, "given_at", to);
  }
  if (given !== null) return lowerDatedRows(column, given, "given_at", to);
  if (issued !== null) return lowerDatedRows(column, issued, "issued_at", to);
  const { facts, problems } = to;
  const [study, provider] = [facts.study.name, facts.provider.described];
  problems.push(problem("vaccine-codes-missing", { study, column: column.name, provider }));
  return lowerDatedRows(column, matching("immunisations"), "given_at", to);
}

export const lowerVaccinations: LowerFamily<typeof vaccinations> = {
  with_vaccination_record: (column, to) =>
    to.meaning.vaccines === "codes"
      ? lowerCoded(column, column.args.emis ?? {}, to)
      : lowerNamed(column, column.args.tpp, to),
  with_tpp_vaccination_record: (column, to) => lowerNamed(column, column.args, to),
  with_healthcare_worker_flag_on_covid_vaccine_record: (_column, to) => {
    const isOne = compare(field("flag"), "=", text("Y"), "folded");
    return { value: existsIn(matching("healthcare_workers", isOne), to) };
  },
};
