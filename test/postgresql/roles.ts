/** A database in which a user may do only some things, beside one who may do everything. */
import { randomBytes } from "node:crypto";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import type { Records } from "../naive/row.ts";
import { connectedTo, inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";
import type { PostgresqlPlace } from "./postgresql-tables.ts";

export interface NarrowPlace {
  /** Of the records, for the user. */
  readonly url: string;
  readonly user: string;
  readonly database: string;
  /** Where the records are. */
  readonly owner: PostgresqlPlace;
}

/** The user may connect and read the tables, and make nothing. All is dropped afterwards. */
export function withReader<T>(
  origin: string,
  records: Records,
  act: (place: NarrowPlace) => Promise<T>,
): Promise<T> {
  const name = `reader_${randomBytes(6).toString("hex")}`;
  return connectedTo(origin, async (admin) => {
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.query(
      `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; CREATE ROLE ${name} LOGIN PASSWORD 'word'; GRANT CONNECT ON DATABASE ${name} TO ${name}`,
    );
    try {
      const within = origin.replace(/\/test\?/, `/${name}?`);
      return await inPostgresqlSchema(within, async (owner) => {
        await writeTables(owner, tppTables, Object.keys(records), records);
        await owner.connection.query(
          `GRANT USAGE ON SCHEMA ${owner.schema} TO ${name}; GRANT SELECT ON ALL TABLES IN SCHEMA ${owner.schema} TO ${name}`,
        );
        const url = owner.url.replace(/\/\/[^@]*@/, `//${name}:word@`);
        return act({ url, user: name, database: name, owner });
      });
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE ${name}`);
    }
  });
}
