"""What ``display`` makes tables of, besides DataFrames of Spark and pandas: rows, lists of rows, dictionaries and named tuples."""

ROWS = 10_000
TYPES = {bool: "boolean", int: "long", float: "double"}


def rows_of(item):
    """Names of columns and rows, or None if the item is no table."""
    records = item if isinstance(item, (list, tuple)) and not _record(item) else [item]
    if not records or isinstance(item, dict):
        return None
    if all(isinstance(each, dict) for each in records):
        names = list(dict.fromkeys(str(key) for each in records for key in each))
        return names, [[_plain(each).get(name) for name in names] for each in records]
    if not all(_record(each) for each in records):
        return None
    names = _names(records[0])
    if any(_names(each) != names for each in records):
        return None
    return names, [list(each) for each in records]


def _plain(mapping):
    return {str(key): value for key, value in mapping.items()}


def _record(item):
    """Rows of Spark, and named tuples such as those of dbutils.fs.ls."""
    return isinstance(item, tuple) and bool(_names(item))


def _names(item):
    return list(getattr(item, "_fields", None) or getattr(item, "__fields__", None) or [])


def bundle(names, rows, cell):
    """The table as the platform's MIME type; each column has the type of all its values, else text."""
    schema = []
    for at, name in enumerate(names):
        kinds = {type(row[at]) for row in rows if row[at] is not None}
        kind = TYPES.get(kinds.pop(), "string") if len(kinds) == 1 else "string"
        schema.append({"name": str(name), "type": f'"{kind}"', "nullable": True})
    return {"schema": schema, "data": [[cell(value) for value in row] for row in rows[:ROWS]], "truncated": len(rows) > ROWS}
