/** Ethnic categories as hospitals record them. */
import { drawsFor } from "./draws.ts";
import { textList } from "./draws.ts";
import type { World } from "./world.ts";
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** 2001 census categories by how common they are. */
const CODES = [
  ..."A".repeat(76).split(""),
  ...[
    "B",
    "C",
    "C",
    "C",
    "C",
    "D",
    "E",
    "F",
    "G",
    "H",
    "H",
    "J",
    "J",
    "K",
    "L",
    "L",
    "M",
    "N",
    "N",
    "P",
  ],
  ...["R", "S", "S", "D0"],
];

const NOT_STATED = ["Z", "99", "Z", "A", "S"];

/** A patient's own category, the same in every data set; now and then another, none or "not stated". */
export function ethnicCategory({ seed }: World, key: Sql): Sql {
  const draws = drawsFor(seed, "ethnicity");
  const odd = draws.uniform("odd", key);
  const own = draws.oneOf("own", sql`id`, CODES);
  const other = sql`(${textList(NOT_STATED)})[1 + (${draws.bits("other", key)} % ${NOT_STATED.length})::INTEGER]`;
  return sql`CASE WHEN ${odd} < 0.04 THEN NULL WHEN ${odd} < 0.16 THEN ${other} ELSE ${own} END`;
}
