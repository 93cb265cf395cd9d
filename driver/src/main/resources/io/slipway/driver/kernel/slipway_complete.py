"""Columns of DataFrames, wherever code names them in a string: ``df["dep``, ``df.select("dep``, ``F.col("dep``."""

import re

# Frames whose columns are looked at where no frame stands before the brackets.
MOST = 20
# What these take is no column.
OTHERS = {
    *("saveAsTable", "insertInto", "save", "parquet", "csv", "json", "orc", "text", "format", "mode", "option", "load"),
    *("createOrReplaceTempView", "createTempView", "createGlobalTempView", "createOrReplaceGlobalTempView"),
    *("alias", "hint", "sql", "lit"),
}


def register(shell, spark):
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def columns(context):
        lines = context.full_text.split("\n")[: context.cursor_line]
        before = "\n".join([*lines, context.text_until_cursor.rsplit("\n", 1)[-1]])
        fragment, found = suggested(before, shell.user_ns, spark)
        return {
            "completions": [SimpleCompletion(text=name, type="column") for name in found],
            "matched_fragment": fragment,
            "suppress": bool(found),
        }

    shell.Completer.custom_matchers.append(columns)


def suggested(before, names, spark):
    """What is written of a column's name before the cursor, and the columns that begin with it; none outside of strings."""
    code = _Code(before)
    if code.string is None:
        return "", []
    columns = _columns(code, names, spark)
    written = before[code.string :]
    word = re.search(r"\w*\Z", written).group()
    # A name may have blanks in it; an expression ends with a name.
    for fragment in dict.fromkeys([written, word]):
        found = [name for name in columns if name.lower().startswith(fragment.lower())]
        if found and (fragment or not written):
            return fragment, found
    return "", []


def _columns(code, names, spark):
    chains = [code.chain(at) for at in reversed(code.open)]
    if chains and chains[0] and chains[0][-1] in OTHERS:
        return []
    for at, chain in zip(reversed(code.open), chains):
        if not chain:
            continue
        if chain[:2] == ["spark", "table"] and len(chain) > 2:
            table = re.search(r"""spark\s*\.\s*table\(\s*["']([^"']+)["']\s*\)""", code.text[:at])
            return _of(spark.table(table.group(1))) if table else []
        columns = _of(names.get(chain[0]))
        if columns:
            return columns
    function = next((chain for chain in chains if chain), None)
    if function is None or not _of_spark(names.get(function[0])):
        return []
    frames = [value for name, value in list(names.items()) if not name.startswith("_") and _is_frame(value)]
    return list(dict.fromkeys(column for frame in frames[-MOST:] for column in _of(frame)))


def _of_spark(value):
    """A function that takes columns, or the module that has them."""
    name = getattr(value, "__module__", None) or getattr(value, "__name__", "")
    return str(name).startswith("pyspark.sql")


def _is_frame(value):
    kind = type(value)
    return kind.__name__ == "DataFrame" and kind.__module__.startswith(("pyspark.", "pandas."))


def _of(value):
    # What groupBy gives knows its frame.
    if type(value).__name__ == "GroupedData":
        value = getattr(value, "_df", None)
    return [name for name in value.columns if isinstance(name, str)] if _is_frame(value) else []


class _Code:
    """Where the brackets and the string are that are open at the end of a text. Code that is being written parses seldom."""

    def __init__(self, text):
        self.text = text
        self.open = []
        self.string = None
        self._opening = {}
        at = 0
        while at < len(text):
            letter = text[at]
            if letter == "#":
                at = text.find("\n", at)
                if at < 0:
                    return
            elif letter in "\"'":
                quote = letter * 3 if text.startswith(letter * 3, at) else letter
                at += len(quote)
                end = self._end(at, quote)
                if end < 0:
                    self.string = at
                    return
                at = end + len(quote)
                continue
            elif letter in "([{":
                self.open.append(at)
            elif letter in ")]}" and self.open:
                self._opening[at] = self.open.pop()
            at += 1

    def _end(self, at, quote):
        while at < len(self.text):
            if self.text[at] == "\\":
                at += 1
            elif self.text.startswith(quote, at):
                return at
            elif self.text[at] == "\n" and len(quote) == 1:
                return at
            at += 1
        return -1

    def chain(self, bracket):
        """The names before a bracket, ``["df", "filter", "select"]``, without what stands in brackets between them."""
        names = []
        at = bracket
        while True:
            while at - 1 in self._opening:
                at = self._opening[at - 1]
            name = re.search(r"\w*\Z", self.text[:at]).group()
            if not name:
                return names
            names.insert(0, name)
            at -= len(name)
            dot = re.search(r"[\s\\]*\.[\s\\]*\Z", self.text[:at])
            if dot is None:
                return names
            at = dot.start()
