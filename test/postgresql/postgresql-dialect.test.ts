import { after, before, describe } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import type { Records } from "../../engine/backend/database/records.ts";
import { PostgresqlError } from "../../engine/backend/postgresql/postgresql-error.ts";
import { smallRecords } from "../database/small-records.ts";
import { holdDialect } from "../sql/hold-dialect.ts";
import type { Ask } from "../sql/hold-dialect.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { withReader } from "./roles.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

const keepings = [
  ["in temporary tables", "", "TEMPORARY ON DATABASE"],
  ["in tables of a schema", "&scratch=work", "CREATE, USAGE ON SCHEMA"],
  ["in the statements themselves", "", null],
] as const;

for (const [how, options, right] of keepings) {
  describe(`the dialect of PostgreSQL, in a real one that keeps tables ${how}`, { skip }, () => {
    let records: Records;
    let end = (): void => undefined;
    let ended: Promise<unknown> = Promise.resolve();
    before(
      () =>
        new Promise<void>((resolve, reject) => {
          ended = withReader(String(origin), smallRecords(3), async (place) => {
            await place.owner.connection.query("CREATE SCHEMA work");
            const of = right?.endsWith("SCHEMA") === true ? "work" : place.database;
            if (right !== null)
              await place.owner.connection.query(`GRANT ${right} ${of} TO ${place.user}`);
            records = await openRecords(`${place.url}${options}`, ".");
            resolve();
            await new Promise<void>((done) => {
              end = done;
            });
            await records.session.close();
          });
          ended.catch(reject);
        }),
    );
    after(async () => {
      end();
      await ended;
    });
    const ask: Ask = async (query) => {
      const [row = {}] = await records.session.rows(query).catch((error: unknown) => {
        throw error instanceof PostgresqlError ? new Error(error.serverText) : error;
      });
      return Object.values(row) as readonly (string | null)[];
    };
    holdDialect(() => ({ dialect: records.dialect, ask, run: records.session.run }));
  });
}
