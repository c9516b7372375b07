/** The tables of the vocabulary, and the lookup of a code that the makers of records join. */
import { literal, joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { inPieces } from "../insert.ts";
import { LAST_DAY } from "../period.ts";
import { insertOmop } from "./omop-tables.ts";
import type { OmopTable } from "./omop-tables.ts";
import type { Vocabulary } from "./vocabulary.ts";

const BEGINS = sql`DATE '1970-01-01'`;
const ENDS = sql`DATE '2099-12-31'`;

export const VOCABULARY_VERSION = `synthetic ${LAST_DAY}`.slice(0, 20);

/** `work.codes`: system, code, source, standard, domain, unit. */
export function vocabularyStatements(vocabulary: Vocabulary): readonly Sql[] {
  const { concepts, mapsTo, ancestors, codings } = vocabulary;
  const text = (of: string | null): Sql => (of === null ? sql`NULL` : literal(of));
  const lookup = codings.map(
    ({ system, code, source, standard, domain, unit }) =>
      sql`(${literal(system)}, ${literal(code)}, ${source}, ${standard}, ${literal(domain)}, ${unit === null ? sql`NULL` : sql`${unit}`})`,
  );
  return [
    sql`CREATE TABLE work.codes (system VARCHAR, code VARCHAR, source INTEGER, standard INTEGER, domain VARCHAR, unit INTEGER)`,
    ...inPieces(lookup).map((rows) => sql`INSERT INTO work.codes VALUES ${joinSql(rows, ", ")}`),
    ...rowsInto(
      "concept",
      concepts.map((each) => ({
        concept_id: sql`${each.id}`,
        concept_name: text(each.name),
        domain_id: text(each.domain),
        vocabulary_id: text(each.vocabulary),
        concept_class_id: text(each.conceptClass),
        standard_concept: text(each.standard),
        concept_code: text(each.code),
        valid_start_date: BEGINS,
        valid_end_date: each.invalid === null ? ENDS : sql`DATE '2019-01-31'`,
        invalid_reason: text(each.invalid),
      })),
    ),
    ...rowsInto("concept_relationship", mapsTo.flatMap(relations)),
    ...rowsInto(
      "concept_ancestor",
      ancestors.map(([above, below, levels]) => ({
        ancestor_concept_id: sql`${above}`,
        descendant_concept_id: sql`${below}`,
        min_levels_of_separation: sql`${levels}`,
        max_levels_of_separation: sql`${levels}`,
      })),
    ),
    ...rowsInto("vocabulary", vocabulariesOf(vocabulary)),
  ];
}

function relations([from, to]: readonly [number, number]) {
  const one = (a: number, b: number, name: string) => ({
    concept_id_1: sql`${a}`,
    concept_id_2: sql`${b}`,
    relationship_id: literal(name),
    valid_start_date: BEGINS,
    valid_end_date: ENDS,
  });
  return [one(from, to, "Maps to"), one(to, from, "Mapped from")];
}

function vocabulariesOf({ concepts }: Vocabulary) {
  const names = [...new Set(concepts.map(({ vocabulary }) => vocabulary))].sort();
  return names.map((name) => ({
    vocabulary_id: literal(name),
    vocabulary_name: literal(name),
    vocabulary_reference: literal("synthetic"),
    // That of "None" is the version of all.
    vocabulary_version: literal(VOCABULARY_VERSION),
    vocabulary_concept_id: sql`0`,
  }));
}

function rowsInto(
  table: OmopTable,
  rows: readonly Readonly<Record<string, Sql>>[],
): readonly Sql[] {
  const names = Object.keys(rows[0] ?? {});
  const columns = Object.fromEntries(names.map((name) => [name, sql`v.${word(name)}`]));
  return inPieces(rows).map((piece) => {
    const values = piece.map(
      (row) =>
        sql`(${joinSql(
          names.map((name) => row[name] ?? sql`NULL`),
          ", ",
        )})`,
    );
    const shown = joinSql(names.map(word), ", ");
    return insertOmop(table, columns, sql`(VALUES ${joinSql(values, ", ")}) AS v(${shown})`);
  });
}
