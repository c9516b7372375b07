/** Columns made of other columns. */
import { parseIsoDate } from "../../engine/base/dates.ts";
import { emptyValues } from "../../engine/base/value-types.ts";
import { argument } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { chooseCategory } from "./condition-value.ts";
import { emptyOf } from "./empty-of.ts";
import { found } from "./found.ts";
import type { Found } from "./found.ts";
import { extreme } from "./order.ts";

export function category(asked: Asked): Found {
  return found(
    chooseCategory(asked.column, (name) => {
      const { column, shown } = asked.other(name);
      return { value: shown, type: column.type, empty: emptyOf(column) };
    }),
  );
}

/** The smallest or largest value that is not empty; 0 is empty here, of deprivation ranks too. */
export function extremeOf(asked: Asked): Found {
  const values = (argument(asked, "column_names") as readonly string[]).map((name) => {
    const { column, shown } = asked.other(name);
    return shown === emptyValues[column.type] ? null : shown;
  });
  return found(extreme(values, asked.column.function === "minimum_of"));
}

export function fixedValue(asked: Asked): Found {
  const value = argument(asked, "value");
  return found(typeof value === "boolean" ? Number(value) : (value as string | number));
}

export function dateOf(asked: Asked): Found {
  const { date } = asked.other(String(argument(asked, "source")));
  return found(date === null ? null : parseIsoDate(date));
}
