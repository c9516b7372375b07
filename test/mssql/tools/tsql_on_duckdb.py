"""
T-SQL as DuckDB's SQL: sqlglot's translation, corrected where it is not what SQL Server means. What this cannot tell:
collations, trailing spaces that do not count, implicit conversions, plans.
"""
import re

import duckdb
import sqlglot
from sqlglot import TokenType, exp
from sqlglot.dialects.tsql import TSQL


def like_as_regex(pattern):
    out, at = [], 0
    while at < len(pattern):
        character = pattern[at]
        if character == "%":
            out.append(".*")
        elif character == "_":
            out.append(".")
        elif character == "[":
            end = pattern.index("]", at + (3 if pattern[at + 1] == "^" else 2))
            body = pattern[at + 1 : end]
            negated, body = ("^", body[1:]) if body.startswith("^") else ("", body)
            out.append("[" + negated + re.sub(r"([\\\]\[^])", r"\\\1", body) + "]")
            at = end
        else:
            out.append(re.escape(character))
        at += 1
    return "".join(out)


patterns = {}


def patindex(pattern, text):
    """Only whether it is 0, which is all that is asked."""
    if pattern is None or text is None:
        return None
    known = patterns.get(pattern)
    if known is None:
        known = patterns[pattern] = re.compile(like_as_regex(pattern), re.DOTALL)
    return 1 if known.fullmatch(text) else 0


def call(name, *of):
    return exp.Anonymous(this=name, expressions=list(of))


DAYS = {"23": "%Y-%m-%d", "103": "%d/%m/%Y", "112": "%Y%m%d"}


def converted(node):
    kind, of = node.this, node.expression
    style = node.args.get("style")
    style = None if style is None else style.name
    safe = node.args.get("safe")
    if kind.this == exp.DataType.Type.DATE and style in DAYS:
        return exp.cast(call("try_strptime" if safe else "strptime", of, exp.Literal.string(DAYS[style])), "DATE")
    if kind.this == exp.DataType.Type.VARBINARY and style == "2":
        return call("bytes_of_hex_or_null_" if safe else "bytes_of_hex_", of)
    if kind.this in exp.DataType.TEXT_TYPES:
        if style == "2":
            return call("printf", exp.Literal.string("%.15e"), of)
        if style == "23":
            return exp.cast(exp.cast(of, "DATE"), "VARCHAR")
        if style == "121":
            return exp.cast(exp.cast(of, "TIMESTAMP"), "VARCHAR")
    if style is not None:
        raise ValueError(f"CONVERT with style {style} is not translated")
    return exp.TryCast(this=of, to=kind) if safe else exp.Cast(this=of, to=kind)


TYPES = {
    exp.DataType.Type.BIT: "UTINYINT",
    exp.DataType.Type.TINYINT: "UTINYINT",
    exp.DataType.Type.UTINYINT: "UTINYINT",
    exp.DataType.Type.DATETIME2: "TIMESTAMP",
}


def correct(node):
    if isinstance(node, exp.DataType):
        if node.this in TYPES:
            return exp.DataType.build(TYPES[node.this], dialect="duckdb")
        if node.this in exp.DataType.TEXT_TYPES:
            return exp.DataType.build("VARCHAR", dialect="duckdb")
        return node
    if isinstance(node, exp.Convert):
        return converted(node)
    if isinstance(node, exp.Collate):
        return node.this
    if isinstance(node, exp.National):
        return exp.Literal.string(node.name)
    # The first four bytes of a checksum as a number.
    if isinstance(node, exp.Cast) and isinstance(node.this, (exp.MD5, exp.MD5Digest)) and node.to.this == exp.DataType.Type.BINARY:
        return call("first_bytes_", node.this.this)
    # A day stays a day.
    if isinstance(node, exp.DateAdd):
        return exp.cast(node.copy(), "DATE")
    if isinstance(node, exp.Stuff):
        start, length = int(node.args["start"].name), int(node.args["length"].name)
        return exp.Substring(this=node.this, start=exp.Literal.number(start + length))
    if isinstance(node, exp.Anonymous) and node.name.upper() == "PATINDEX":
        return call("patindex_", *node.expressions)
    return node


class Tsql(TSQL):
    """Where `float` has 64 bits and `real` 32."""

    class Tokenizer(TSQL.Tokenizer):
        KEYWORDS = {**TSQL.Tokenizer.KEYWORDS, "FLOAT": TokenType.DOUBLE}


def parse(sql):
    return [tree for tree in sqlglot.parse(sql, read=Tsql) if tree is not None]


def translated(tree):
    tree = tree.copy()
    for constraint in list(tree.find_all(exp.ColumnConstraint)):
        if isinstance(constraint.kind, exp.CollateColumnConstraint):
            constraint.pop()
    # There is one database.
    for table in tree.find_all(exp.Table):
        if table.args.get("catalog") is not None:
            table.set("catalog", None)
            table.set("db", None)
    # Parts before what they are in.
    for node in reversed(list(tree.dfs())):
        changed = correct(node)
        if changed is not node:
            node.replace(changed)
    return tree.sql(dialect="duckdb")


def connect():
    database = duckdb.connect()
    database.execute("SET threads = 1")
    database.create_function("patindex_", patindex, ["VARCHAR", "VARCHAR"], "INTEGER", null_handling="special")
    # As the signed number that eight bytes are.
    unsigned = "CAST(CAST('0x' || x AS UBIGINT) AS HUGEINT)"
    signed = f"CASE WHEN {unsigned} > 9223372036854775807 THEN {unsigned} - 18446744073709551616 ELSE {unsigned} END"
    database.execute(f"CREATE MACRO bytes_of_hex_(x) AS CAST({signed} AS BIGINT)")
    database.execute(f"CREATE MACRO bytes_of_hex_or_null_(x) AS TRY(CAST({signed} AS BIGINT))")
    database.execute("CREATE MACRO first_bytes_(x) AS CAST('0x' || left(md5(x), 8) AS BIGINT)")
    return database
