import { describe } from "node:test";
import { trino } from "../../engine/sql/dialects/trino.ts";
import { identifier, word } from "../../engine/text/sql.ts";
import { holdDialect } from "../sql/hold-dialect.ts";
import type { Ask } from "../sql/hold-dialect.ts";
import { askTrino, trinoUrl } from "./ask-trino.ts";

const url = await trinoUrl();
const why = "no Trino answers: test/trino/server.sh start";

describe("the dialect of Trino, in a real one", { skip: url === null ? why : false }, () => {
  const rows = (query: Parameters<Ask>[0]) => askTrino(url ?? "", query);
  const keptTable = (name: string) => word(`held_${process.pid}_${name}`);
  const ask: Ask = async (query) => {
    const {
      rows: [row = []],
    } = await rows(query);
    return row as readonly (string | null)[];
  };
  const run = async (statement: Parameters<Ask>[0]): Promise<void> => {
    await rows(statement);
  };
  holdDialect(() => ({ dialect: trino({ recordTable: identifier, keptTable }), ask, run }));
});
