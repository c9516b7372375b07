"""
Answers one JSON object a line:
  {"op": "reset"}                                      forgets all tables
  {"op": "table", "name": N, "columns": [[N, type]], "rows": [[…]]}
  {"op": "insert", "name": N, "rows": [[…]]}
  {"op": "run", "sql": S}       -> {"columns": [[name, kind]], "rows": [[…]]}; lints first, and keeps S for `grammar`
  {"op": "lint", "sql": S}      -> {}; the same without running it, for what only a server knows
  {"op": "grammar", "sql": [S]} -> {"taken": n}; Microsoft's own grammar of 2016; without "sql", what was run since
  {"op": "faults", "sql": S, "schema": {…}}            -> {"faults": [[rung, text]]}
or {"error": "…", "rung": "grammar" | "lint" | "run"}.
"""
import datetime
import decimal
import json
import subprocess
import sys
from pathlib import Path

import tsql_lint
from tsql_on_duckdb import connect, parse, translated

MAXDOP = str(Path(sys.executable).parent / "maxdop")
VERSION = "2016"


class Refused(Exception):
    def __init__(self, rung, text):
        super().__init__(text)
        self.rung = rung


def grammar(statements):
    """All in one batch first: a process for each would take longer than all else."""
    if refusal("".join(f"{sql};\nGO\n" for sql in statements)) is None:
        return
    for sql in statements:
        told = refusal(f"{sql};\n")
        if told is not None:
            raise Refused("grammar", f"{told}\n{sql[:2000]}")


def refusal(text):
    done = subprocess.run([MAXDOP, "--parser-version", VERSION], input=text.encode(), capture_output=True)
    told = done.stderr.decode(errors="replace").strip()
    # A name that breaks a line is parsed, and then not formatted.
    return None if done.returncode == 0 or "formatted output failed verification" in told else told


class Tools:
    def __init__(self):
        self.database = connect()
        self.ran = []
        self.known = {}

    def reset(self, _):
        self.database.close()
        self.database = connect()
        return {}

    def table(self, asked):
        name = asked["name"]
        columns = ", ".join(f'"{column}" {kind}' for column, kind in asked["columns"])
        self.database.execute(f'CREATE TABLE "{name}" ({columns})')
        return self.insert(asked)

    def insert(self, asked):
        if asked["rows"]:
            marks = ", ".join("?" for _ in asked["rows"][0])
            self.database.executemany(f'INSERT INTO "{asked["name"]}" VALUES ({marks})', asked["rows"])
        return {}

    def said(self, sql):
        """The statements as DuckDB says them. Each text is looked at once."""
        known = self.known.get(sql)
        if known is None:
            known = self.known[sql] = [translated(tree) for tree in self.linted(sql)]
            self.ran.append(sql)
        return known

    def linted(self, sql):
        try:
            trees = parse(sql)
        except Exception as error:
            raise Refused("lint", f"no statement: {str(error)[:500]}\n{sql[:2000]}")
        found = [fault for tree in trees for fault in tsql_lint.faults(sql, tree)]
        if found:
            raise Refused("lint", f"{found[0]}\n{sql[:2000]}")
        return trees

    def lint(self, asked):
        self.linted(asked["sql"])
        self.ran.append(asked["sql"])
        return {}

    def run(self, asked):
        columns, rows = [], []
        for sql in self.said(asked["sql"]):
            try:
                done = self.database.execute(sql)
                columns = [[each[0], kind_of(str(each[1]))] for each in done.description or []]
                rows = done.fetchall()
            except Exception as error:
                raise Refused("run", f"{type(error).__name__}: {error}")
        return {"columns": columns, "rows": [[plain(cell) for cell in row] for row in rows]}

    def grammar(self, asked):
        statements = asked.get("sql")
        if statements is None:
            statements, self.ran = self.ran, []
        if statements:
            grammar(statements)
        return {"taken": len(statements)}

    def faults(self, asked):
        sql, found = asked["sql"], []
        told = refusal(f"{sql};\n")
        if told is not None:
            found.append(["grammar", told[:200]])
        try:
            trees = parse(sql)
            for tree in trees:
                found += [["lint", fault] for fault in tsql_lint.faults(sql, tree, asked.get("schema"))]
            for tree in trees:
                self.database.execute(translated(tree))
        except Exception as error:
            found.append(["run", str(error)[:200]])
        return {"faults": found}


def kind_of(kind):
    if kind in ("BOOLEAN", "UTINYINT"):
        return "tinyint"
    if "INT" in kind:
        return "bigint"
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        return "float"
    if kind == "DATE":
        return "date"
    return "datetime2" if kind.startswith("TIMESTAMP") else "nvarchar"


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    return value


def main():
    tools = Tools()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = getattr(tools, asked["op"])(asked)
        except Refused as error:
            answer = {"error": str(error), "rung": error.rung}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
