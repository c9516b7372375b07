import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { february, january, mapping, study, tables } from "../commands/home-made-records.ts";
import { british, britishCohort, britishRecords, britishStudy } from "../commands/mapped-omop.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { omopStatements } from "../database/omop-statements.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema } from "./postgresql-tables.ts";
import type { PostgresqlPlace } from "./postgresql-tables.ts";

const origin = postgresqlUrl();
const skip = origin === null ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

const RANGE = "--index-date-range=2020-01-01 to 2020-02-01 by month";

interface Place extends PostgresqlPlace {
  readonly folder: string;
}

/** The records of `home-made-records.ts` in a schema of their own, as `ward` in the file. */
function inHomeMade(act: (place: Place) => Promise<void>): Promise<void> {
  return inPostgresqlSchema(String(origin), async (place) => {
    const { connection, schema } = place;
    const made = tables.slice(1).map((statement) => statement.replace(/ward\./, `${schema}.`));
    await connection.query(made.join("; "));
    const files = {
      "analysis/study_definition.ts": study,
      "records.yaml": mapping.replace("tables:", `schemas: {ward: ${schema}}\ntables:`),
    };
    await inWorkspace(files, (folder) => act({ ...place, folder }));
  });
}

describe("records of a layout of their own in a real PostgreSQL", { skip }, () => {
  it("give monthly cohorts, wherever the URL looks for names without a schema", () =>
    inHomeMade(async ({ folder }) => {
      const { code, err } = await cohortline(folder, [
        ...["generate_cohort", `--database-url=${String(origin)}`, RANGE],
      ]);
      assert.equal(code, 0, err);
      const rows = (date: string) =>
        readFileSync(join(folder, "output", `input_${date}.csv`), "utf8")
          .trimEnd()
          .split("\n");
      assert.deepEqual([rows("2020-01-01"), rows("2020-02-01")], [january, february]);
    }));

  it("are refused with what the catalogue lacks, in the spelling of the file", () =>
    inHomeMade(async ({ folder, connection, schema }) => {
      await connection.query(
        `ALTER TABLE ${schema}.lab RENAME result TO results; ALTER TABLE ${schema}.person RENAME TO "People"; ALTER TABLE ${schema}.diagnosis ALTER seen TYPE timestamptz`,
      );
      const { code, err } = await cohortline(folder, [
        ...["generate_cohort", `--database-url=${String(origin)}`, RANGE],
      ]);
      assert.equal(code, 1);
      assert.match(err, new RegExp(`no table "${schema}\\.person"`));
      assert.match(err, /holds timestamp with time zone; here it must hold times or days/);
      assert.match(err, /has no column "result" .*\n.*Nearest: "results"/);
    }));

  it("are spelt as the catalogue has them, and are told by the right to read that is missing", () =>
    inHomeMade(async ({ folder, connection, schema }) => {
      await connection.query(
        `ALTER TABLE ${schema}.person RENAME TO "PERSON"; ALTER TABLE ${schema}."PERSON" RENAME gender TO "Gender"`,
      );
      const run = (url: string) =>
        cohortline(folder, ["generate_cohort", `--database-url=${url}`, RANGE]);
      const spelt = await run(String(origin));
      assert.equal(spelt.code, 0, spelt.err);
      const reader = `reader_${schema}`;
      await connection.query(
        `CREATE ROLE ${reader} LOGIN PASSWORD 'word'; GRANT USAGE ON SCHEMA ${schema} TO ${reader}; GRANT SELECT ON ${schema}."PERSON" TO ${reader}`,
      );
      try {
        const refused = await run(String(origin).replace(/\/\/[^@]*@/, `//${reader}:word@`));
        assert.equal(refused.code, 1);
        assert.match(refused.err, /\[postgresql-permission\]/);
        assert.match(refused.err, new RegExp(`GRANT SELECT ON "${schema}"\\."lab" TO "${reader}"`));
      } finally {
        await connection.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
      }
    }));

  it("are quoted: a name of a column is never SQL", () =>
    inHomeMade(async ({ folder, connection, schema }) => {
      const name = `x"; DROP TABLE ${schema}.lab; --`;
      await connection.query(
        `ALTER TABLE ${schema}.person RENAME gender TO "${name.replaceAll('"', '""')}"`,
      );
      const file = join(folder, "records.yaml");
      const text = readFileSync(file, "utf8");
      const hostile = `{column: ${JSON.stringify(name)}}`;
      writeFileSync(
        file,
        text.replace(
          "renamed: gender, names: {1: M, 2: F}",
          `renamed: ${hostile}, names: {1: "M'); DROP", 2: F}`,
        ),
      );
      const { code, err } = await cohortline(folder, [
        ...["generate_cohort", `--database-url=${String(origin)}`, RANGE],
      ]);
      assert.equal(code, 0, err);
      const [, ana = "", ben = ""] = readFileSync(
        join(folder, "output", "input_2020-01-01.csv"),
        "utf8",
      ).split("\n");
      assert.match(ana, /^1,F,/);
      assert.match(ben, /^2,M'\); DROP,/);
    }));

  it("are those of an OMOP database whose records and vocabularies each have a schema, and the run a third", () =>
    inPostgresqlSchema(String(origin), async ({ connection, schema }) => {
      const schemas = { cdm: `${schema}_cdm`, vocabulary: `${schema}_vocab` };
      const own = british
        .replace("cdm_2024", schemas.cdm)
        .replace("vocab,", `${schemas.vocabulary},`);
      const files = {
        "analysis/study_definition.ts": britishStudy,
        "records.yaml": own.replace("results_me", schema),
      };
      try {
        await connection.query(omopStatements(britishRecords, schemas).join("; "));
        await inWorkspace(files, async (folder) => {
          const words = ["generate_cohort", `--database-url=${String(origin)}`];
          const { code, err } = await cohortline(folder, words);
          assert.equal(code, 0, err);
          const text = readFileSync(join(folder, "output", "input.csv"), "utf8");
          assert.deepEqual(text.trimEnd().split("\n"), britishCohort);
          const nowhere = own.replace("results_me", `${schema}_none`);
          writeFileSync(join(folder, "records.yaml"), nowhere);
          assert.match((await cohortline(folder, words)).err, /\[postgresql-scratch\]/);
        });
      } finally {
        await connection.query(
          `DROP SCHEMA IF EXISTS ${schemas.cdm} CASCADE; DROP SCHEMA IF EXISTS ${schemas.vocabulary} CASCADE`,
        );
      }
    }));
});
