"""The Python kernel of a context: an ipykernel on the driver's Spark session.

Started as ``python -m slipway_kernel``; the connection file and the gateway's port and secret come as one line of JSON on standard
input.
"""

import datetime
import decimal
import faulthandler
import importlib.machinery
import json
import linecache
import logging
import os
import signal
import sys
import types

import slipway_complete
import slipway_dbutils
import slipway_display
import slipway_magics
import slipway_modules
import slipway_prefix

TABLE = "application/vnd.slipway.table+json"
ROWS = 10_000
BYTES = 2 * 1024 * 1024
# Characters of a text that is printed at once.
PIECE = 256 * 1024

# What ends a cell without being an error.
QUIET = ("NotebookExit", "PythonRestart")

_entry = None
_shell = None
_names = {}
_hidden = (os.path.dirname(os.path.abspath(__file__)),)


def beside(folder):
    """Where modules beside a notebook are found: its folder, and the root of its repository."""
    steps = folder.split("/")
    if steps[:3] == ["", "Workspace", "Repos"] and len(steps) > 5:
        return [folder, "/".join(steps[:5])]
    return [folder]


def main():
    """Imports what every kernel needs, waits to be told whose kernel this is, and becomes it."""
    # ``-m`` made this module ``__main__``; cells find it under its own name.
    sys.modules["slipway_kernel"] = sys.modules["__main__"]
    import pyspark.core.context  # noqa: F401
    import pyspark.java_gateway  # noqa: F401
    import pyspark.sql  # noqa: F401
    from ipykernel.kernelapp import IPKernelApp

    line = sys.stdin.readline()
    if not line:
        return  # the driver is gone
    told = json.loads(line)
    own = _settle(told)
    sys.path[:0] = beside(told["directory"])
    app = IPKernelApp.instance()
    app.initialize(["-f", told["connection"]])
    start(app.shell, own)
    app.start()


def _print_in_pieces():
    """A text that is written at once is one message, and a message takes the driver many times its size in memory."""
    from ipykernel.iostream import OutStream

    write = OutStream.write

    def in_pieces(stream, text):
        if not isinstance(text, str) or len(text) <= PIECE:
            return write(stream, text)
        for at in range(0, len(text), PIECE):
            write(stream, text[at : at + PIECE])
            stream.flush()
        return len(text)

    OutStream.write = in_pieces


def _settle(told):
    """Takes the place of a process that was made for this context; returns the folder of its packages."""
    own = slipway_prefix.enter(told["prefix"])
    os.environ["PYSPARK_GATEWAY_PORT"] = str(told["gatewayPort"])
    os.environ["PYSPARK_GATEWAY_SECRET"] = told["gatewaySecret"]
    # The context's own pip and python, which its driver has put there.
    os.environ["PATH"] = os.pathsep.join([os.path.join(told["prefix"], "bin"), os.environ.get("PATH", os.defpath)])
    os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")
    os.chdir(told["directory"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    log = os.open(told["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    # Where a crash happened goes to the log itself: ipykernel takes what comes to 2, and is gone then.
    faulthandler.enable(log)
    return own


def start(shell, own_packages):
    global _entry, _shell, _hidden
    import py4j
    import pyspark
    from pyspark.conf import SparkConf
    from pyspark.core.context import SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import DataFrame, SparkSession, functions
    from pyspark.sql.streaming import DataStreamWriter

    _shell = shell
    _hidden += (os.path.dirname(pyspark.__file__), os.path.dirname(py4j.__file__))
    gateway = launch_gateway()
    _entry = gateway.entry_point
    jsc = _entry.javaSparkContext()
    sc = SparkContext(gateway=gateway, jsc=jsc, conf=SparkConf(_jvm=gateway.jvm, _jconf=jsc.getConf()))
    # PySpark logs every failed query as JSON to standard error, on top of the exception.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    # PySpark's handler would cancel the jobs of every context on this driver. Between cells an interrupt means nothing; ipykernel
    # listens to it while one runs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spark = SparkSession(sc, _entry.session())
    # Python workers on this machine find the packages of this context by their full path.
    sc._python_includes += [*beside(os.getcwd()), own_packages]
    _protect(sc, spark)
    _find_tables_of_catalogs(spark)
    _print_in_pieces()

    dbutils_jvm = _entry.dbutils()
    dbutils = slipway_dbutils.DBUtils(gateway, dbutils_jvm, slipway_magics.restart_python)
    _names.update(
        spark=spark,
        sc=sc,
        sqlContext=spark,
        dbutils=dbutils,
        display=display,
        displayHTML=display_html,
        table=spark.table,
        sql=spark.sql,
        udf=functions.udf,
        getArgument=dbutils.widgets.getArgument,
    )
    shell.user_ns.update(_names)
    shell.user_ns_hidden.update(_names)
    slipway_magics.register(shell, dbutils_jvm.library().restartPython)
    slipway_complete.register(shell, spark)
    slipway_modules.register(_names, dbutils_jvm.notebook().getContext, _entry.access)
    DataFrame.display = lambda frame, *_, **options: display(frame, **options)
    DataStreamWriter.table = DataStreamWriter.toTable
    shell.kernel.raw_input = lambda prompt="": _ask(prompt, False)
    shell.kernel.getpass = lambda prompt="Password: ", stream=None: _ask(prompt, True)
    shell.set_custom_exc((slipway_dbutils.NotebookExit, slipway_magics.PythonRestart, Exception), _failed)
    shell.events.register("pre_run_cell", _command_starts)
    sys.meta_path.insert(0, _Altair)


def _find_tables_of_catalogs(spark):
    """Spark looks for a table whose schema is a second argument in its own catalog only, whatever the current one is."""
    catalog = type(spark.catalog)
    exists = catalog.tableExists

    def table_exists(self, tableName, dbName=None):
        if dbName is None:
            return exists(self, tableName)
        parts = [self.currentCatalog(), dbName, tableName]
        return exists(self, ".".join("`" + part.replace("`", "``") + "`" for part in parts))

    catalog.tableExists = table_exists


def _protect(sc, spark):
    """The Spark session belongs to the cluster; a script that ends with stop() must not end it for everybody."""

    def stop(*_):
        print("stop() is ignored: the Spark session belongs to the cluster", file=sys.stderr)

    type(spark).stop = stop
    type(sc).stop = stop


def _ask(prompt, hidden):
    if not _entry.attended():
        raise NotImplementedError(
            "input() cannot ask anybody here: nobody looks at this run. Its inputs are widgets: "
            "dbutils.widgets.text('name', 'default') makes one, dbutils.widgets.get('name') reads it."
        )
    sys.stdout.flush()
    sys.stderr.flush()
    answer = _entry.ask(str(prompt), hidden)
    if answer is None:
        raise KeyboardInterrupt
    return answer


def _command_starts(_info):
    result = _entry.commandStarts()
    if result is not None:
        from pyspark.sql.classic.dataframe import DataFrame

        _shell.user_ns["_sqldf"] = DataFrame(result, _names["spark"])


def _failed(shell, etype, value, tb, tb_offset=None):
    if etype.__name__ in QUIET:
        return
    _show(etype, value, tb, 1)


def _show(etype, value, tb, offset):
    frames = []
    while tb is not None:
        frames.append(tb)
        tb = tb.tb_next
    kept = [f for i, f in enumerate(frames) if i < offset or not f.tb_frame.f_code.co_filename.startswith(_hidden)]
    pruned = None
    for frame in reversed(kept):
        pruned = types.TracebackType(pruned, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    lines = _shell.InteractiveTB.structured_traceback(etype, value, pruned, tb_offset=offset)
    _shell._showtraceback(etype, value, lines)


# ---- programs -------------------------------------------------------------------------------------------------------


def _run(action, argv):
    """Runs a program: its own argv, exit by SystemExit, a traceback of its own frames only."""
    old = sys.argv
    sys.argv = argv
    try:
        action()
    except SystemExit as e:
        if e.code not in (None, 0):
            _show(SystemExit, SystemExit(e.code), None, 0)
    except BaseException as e:
        if type(e).__name__ not in QUIET:
            _show(type(e), e, e.__traceback__, 0)
    finally:
        sys.argv = old


def run_file(path, name, arguments):
    with open(path, encoding="utf-8") as source:
        text = source.read()
    folder = os.path.dirname(name)
    if os.path.isdir(folder):
        os.chdir(folder)
        sys.path[:0] = beside(folder)
        _names["sc"]._python_includes += beside(folder)
    if os.path.isfile(name):
        path = name
    linecache.checkcache(path)
    module = types.ModuleType("__main__")
    module.__dict__.update(_names)
    module.__file__ = path

    def action():
        notebook = sys.modules["__main__"]
        # Pickling looks names up in sys.modules["__main__"]; there the program must find its own.
        sys.modules["__main__"] = module
        try:
            exec(compile(text, path, "exec"), module.__dict__)
        finally:
            sys.modules["__main__"] = notebook

    _run(action, [name, *arguments])


def run_wheel(package, entry, arguments, named):
    import importlib
    import importlib.metadata

    importlib.invalidate_caches()

    def action():
        for point in importlib.metadata.distribution(package).entry_points:
            if point.name == entry:
                point.load()()
                return
        module = importlib.import_module(package.replace("-", "_"))
        function = getattr(module, entry, None)
        if function is None:
            raise AttributeError(f"the package {package} has no entry point and no function named {entry}")
        function()

    _run(action, [package, *arguments, *(f"--{key}={value}" for key, value in named.items())])


# ---- display --------------------------------------------------------------------------------------------------------


def display(*objects, **options):
    """Shows DataFrames and lists of rows as tables, streams as tables that go on, and everything else as IPython does."""
    for item in objects:
        if getattr(item, "isStreaming", False) is True and hasattr(item, "_jdf"):
            _display_stream(item, **options)
            continue
        bundle = _table(item)
        if bundle is not None:
            from IPython.display import publish_display_data

            publish_display_data({TABLE: bundle, "text/plain": f"{len(bundle['data'])} rows"})
        else:
            from IPython.display import display as show

            show(item, **options)


def _display_stream(frame, streamName="", processingTime="", checkpointLocation="", outputMode="", **options):
    if options:
        raise TypeError(f"display of a stream does not know {', '.join(options)}")
    slipway_dbutils._call(_entry.displayStream, frame._jdf, streamName, processingTime, checkpointLocation, outputMode)


class _Altair:
    """Has Altair put out its charts as what they are, once it is imported. Its own default is a page that loads scripts from elsewhere."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "altair":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_choose(module):
                load(module)
                if hasattr(module, "renderers"):
                    module.renderers.enable("mimetype")

            spec.loader.exec_module = load_and_choose
        return spec


def display_html(html):
    from IPython.display import HTML
    from IPython.display import display as show

    show(HTML(html))


def _table(item):
    from pyspark.sql.classic.dataframe import DataFrame

    if isinstance(item, DataFrame):
        return json.loads(_entry.table(item._jdf))
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(item, pandas.Series):
        item = item.to_frame()
    if pandas is not None and isinstance(item, pandas.DataFrame):
        return _pandas_table(item)
    if type(item).__module__.startswith("pyspark.pandas") and hasattr(item, "to_spark"):
        return json.loads(_entry.table(item.to_spark()._jdf))
    rows = slipway_display.rows_of(item)
    return None if rows is None else slipway_display.bundle(*rows, _cell)


def _pandas_table(frame):
    schema = [
        {"name": str(name), "type": json.dumps(_type(kind)), "nullable": True} for name, kind in frame.dtypes.items()
    ]
    data, size = [], 0
    truncated = len(frame) > ROWS
    for row in frame.head(ROWS).itertuples(index=False, name=None):
        line = [_cell(value) for value in row]
        size += len(json.dumps(line))
        if size > BYTES and data:
            truncated = True
            break
        data.append(line)
    return {"schema": schema, "data": data, "truncated": truncated}


def _type(dtype):
    kind, size = dtype.kind, dtype.itemsize if hasattr(dtype, "itemsize") else 8
    if kind == "b":
        return "boolean"
    if kind in "iu":
        return "integer" if size < 4 or (size == 4 and kind == "i") else "long"
    if kind == "f":
        return "float" if size == 4 else "double"
    if kind == "M":
        return "timestamp"
    return "string"


def _cell(value):
    pandas = sys.modules.get("pandas")
    if value is None or (pandas is not None and (value is pandas.NaT or value is pandas.NA)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return str(value) if value in (float("inf"), float("-inf")) else None if value != value else value
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    return str(value)


if __name__ == "__main__":
    main()
