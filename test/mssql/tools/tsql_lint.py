"""Mistakes that SQL Server refuses and its grammar takes, told from the tree that sqlglot makes of a statement."""
import re

from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

# Functions of ours that SQL Server 2016 has at compatibility level 130. A new one is added here on purpose.
KNOWN = frozenset(
    """ABS AVG CAST CHAR CHARINDEX COALESCE COLLATIONPROPERTY CONCAT CONVERT COUNT DATEADD DATEDIFF DATEFROMPARTS DAY EOMONTH FIRST_VALUE
    FLOOR GETDATE GROUPING_ID HASHBYTES HAS_DBACCESS LAG LEAD LEFT LEN LOWER LTRIM MAX MIN MONTH NCHAR NTILE OBJECT_ID PATINDEX REPLACE REPLICATE ROUND
    ROW_NUMBER RTRIM SCHEMA_NAME STUFF SUBSTRING SUM TRY_CAST TRY_CONVERT YEAR""".split()
)
# Words that may stand before a parenthesis, and types.
WORDS = frozenset(
    """ALL AND AS BETWEEN BY CASE CHECK ELSE EXISTS FROM IN INSERT INTO JOIN KEY NOT ON OR OVER SELECT SETS THEN UNION
    VALUES WHEN WHERE VARCHAR NVARCHAR DECIMAL BINARY VARBINARY""".split()
)
MOST_TABLES = 250
MOST_NESTED_CASES = 10
MOST_PARTS_OF_CONCAT = 254
MOST_ROWS_OF_INSERT = 1000
LONGEST_NAME = 128


def faults(sql, tree, schema=None):
    yield from faults_of_text(sql)
    for rule in RULES:
        yield from rule(tree)
    if schema is not None:
        yield from faults_of_types(tree, schema)


def faults_of_text(sql):
    # As it is written: sqlglot gives functions other names.
    bare = re.sub(r"N?'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]", " ", sql)
    called = re.findall(r"(?i)(\bAS\s+|\bTABLE\s+|\bINTO\s+)?(?<![\w.#@])([a-z_]\w*)\s*\(", bare)
    for before, name in called:
        if not before and name.upper() not in KNOWN | WORDS:
            yield f"the function {name} is not known to be of 2016"
    if re.search(r"(?i)(?<![\w.])(TRUE|FALSE)\b", bare):
        yield "TRUE or FALSE"
    if re.search(r"(?i)\bNULLS\s+(FIRST|LAST)\b", bare):
        yield "NULLS FIRST or NULLS LAST"
    if re.search(r"(?i)\b(LIMIT|QUALIFY|FILTER)\b", bare):
        yield "LIMIT, QUALIFY or FILTER"
    if "||" in bare:
        yield "texts joined by ||"
    if re.search(r"(?i)\b(DATE|TIMESTAMP|INTERVAL)\s+'", re.sub(r"\[[^\]]*\]", " ", sql)):
        yield "a literal of the standard's kind: it is a column with another name here"
    if "\\\n" in sql or "\\\r\n" in sql:
        yield "a backslash at the end of a line joins it to the next"


def rows_of_insert(tree):
    for values in tree.find_all(exp.Values):
        if isinstance(values.parent, exp.Insert) and len(values.expressions) > MOST_ROWS_OF_INSERT:
            yield "more than 1,000 rows in INSERT VALUES (10738)"


def subqueries_in_aggregates(tree):
    for aggregate in tree.find_all(exp.AggFunc):
        if not isinstance(aggregate, (exp.Lag, exp.Lead, exp.FirstValue)) and aggregate.find(exp.Select):
            yield f"a subquery inside {aggregate.sql_name()} (130)"


def windows(tree):
    for window in tree.find_all(exp.Window):
        order = window.args.get("order")
        for each in order.expressions if order else []:
            if isinstance(each.this, exp.Literal):
                yield "a window ordered by a constant (5308)"
        if order is None and isinstance(window.this, (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue)):
            yield f"{window.this.sql_name()} without an order (4112)"


def is_named(select):
    """Its columns make a table, so each must have a name of its own."""
    parent = select.parent
    if select.args.get("into") is not None:
        return True
    if isinstance(parent, exp.CTE):
        return not parent.args["alias"].columns
    return isinstance(parent, exp.Subquery) and isinstance(parent.parent, (exp.From, exp.Join))


def names_of_columns(tree):
    for select in tree.find_all(exp.Select):
        if not is_named(select):
            continue
        names = [each.alias_or_name.lower() for each in select.expressions if not each.is_star]
        if "" in names:
            yield "a column without a name (8155)"
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            yield f"the name {name} twice (8156)"
        if select.args.get("order") is not None and select.args.get("limit") is None:
            yield "ORDER BY in a derived table (1033)"


def derived_tables(tree):
    for subquery in tree.find_all(exp.Subquery):
        if isinstance(subquery.parent, (exp.From, exp.Join)) and not subquery.alias:
            yield "a derived table without a name"
        if subquery.this.args.get("with_") is not None or subquery.this.args.get("with") is not None:
            yield "WITH inside parentheses"


def collations(tree):
    for column in tree.find_all(exp.ColumnDef):
        kind = column.kind
        if kind is not None and kind.this in exp.DataType.TEXT_TYPES:
            if not any(isinstance(each.kind, exp.CollateColumnConstraint) for each in column.constraints):
                yield f"the column {column.name} of a table of ours without a collation (468)"


def limits(tree):
    for select in tree.find_all(exp.Select):
        if len(select.args.get("joins") or []) >= MOST_TABLES:
            yield "more tables than one SELECT takes (106)"
    for case in tree.find_all(exp.Case):
        depth, parent = 1, case.parent
        while parent is not None and not isinstance(parent, exp.Select):
            depth += isinstance(parent, exp.Case)
            parent = parent.parent
        if depth > MOST_NESTED_CASES:
            yield "CASE nested too deeply (125)"
            break
    for concat in tree.find_all(exp.Concat):
        if not 2 <= len(concat.expressions) <= MOST_PARTS_OF_CONCAT:
            yield "CONCAT takes 2 to 254 parts (189)"
    for name in tree.find_all(exp.Identifier):
        if len(name.this) > LONGEST_NAME:
            yield "a name of more than 128 characters (103)"


def truth_values(tree):
    for select in tree.find_all(exp.Select):
        for each in select.expressions:
            of = each.unalias()
            while isinstance(of, exp.Paren):
                of = of.this
            if isinstance(of, exp.Predicate) and not isinstance(of, exp.SubqueryPredicate):
                yield "a truth value as a column"
        where = select.args.get("where")
        if where is not None and isinstance(where.this, exp.Column):
            yield "a column as a test (4145)"


RULES = (
    rows_of_insert,
    subqueries_in_aggregates,
    windows,
    names_of_columns,
    derived_tables,
    collations,
    limits,
    truth_values,
)


def faults_of_types(tree, schema):
    try:
        qualified = qualify(
            tree.copy(),
            schema=schema,
            dialect="tsql",
            validate_qualify_columns=False,
            quote_identifiers=False,
        )
        typed = annotate_types(qualified, schema=schema, dialect="tsql")
    except Exception:
        return
    bit, date = exp.DataType.Type.BIT, exp.DataType.Type.DATE
    for aggregate in typed.find_all(exp.Max, exp.Min, exp.Sum, exp.Avg):
        if aggregate.this.type is not None and aggregate.this.type.this == bit:
            yield f"{aggregate.sql_name()} of a bit (8117)"
    for added in typed.find_all(exp.Add, exp.Sub):
        sides = {side.type.this for side in (added.left, added.right) if side.type is not None}
        if date in sides and sides & {exp.DataType.Type.INT, exp.DataType.Type.BIGINT}:
            yield "a day and a number added (206)"
