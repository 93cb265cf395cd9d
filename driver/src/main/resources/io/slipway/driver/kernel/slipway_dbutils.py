"""``dbutils`` for Python: thin names over the objects in the JVM, which Scala and SQL share."""

import collections
import json

FileInfo = collections.namedtuple("FileInfo", ["path", "name", "size", "modificationTime"])
FileInfo.isDir = lambda self: self.name.endswith("/")
FileInfo.isFile = lambda self: not self.isDir()
SecretMetadata = collections.namedtuple("SecretMetadata", ["key"])
SecretScope = collections.namedtuple("SecretScope", ["name"])
SecretScope.getName = lambda self: self.name
MountInfo = collections.namedtuple("MountInfo", ["mountPoint", "source", "encryptionType"])


class NotebookExit(BaseException):
    """Ends the command after dbutils.notebook.exit. Not an Exception, so that ``except Exception`` lets it pass."""


def _call(function, *arguments):
    """Calls the JVM and turns its exceptions into Python's."""
    from py4j.protocol import Py4JJavaError

    try:
        return function(*arguments)
    except Py4JJavaError as e:
        cause = e.java_exception
        name = cause.getClass().getSimpleName()
        message = cause.getMessage() or name
        full = cause.getClass().getName()
    if name in ("NoSuchElementException", "IllegalArgumentException"):
        raise ValueError(message) from None
    if name == "UnsupportedOperationException":
        raise NotImplementedError(message) from None
    # Notebooks look for the name of the Java class in the text.
    kind = {"FileNotFoundException": FileNotFoundException, "FileAlreadyExistsException": FileAlreadyExistsException}
    raise kind.get(name, ExecutionError)(f"{full}: {message}") from None


class ExecutionError(RuntimeError):
    pass


class FileNotFoundException(ExecutionError, FileNotFoundError):
    pass


class FileAlreadyExistsException(ExecutionError, FileExistsError):
    pass


class Part:
    """One part of dbutils, which can tell what it has."""

    _part = ""
    _help = None

    def help(self, command=None):
        print(_call(Part._help, self._part, command or ""), end="")

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"dbutils.{self._part} has no {name}; dbutils.{self._part}.help() tells what it has")


class DBUtils(Part):
    def __init__(self, gateway, jvm, restart):
        """@param restart begins a new Python process"""
        Part._help = gateway.entry_point.help
        self.entry_point = gateway.entry_point
        self.widgets = Widgets(gateway, jvm.widgets())
        self.fs = Files(gateway, jvm.fs())
        self.notebook = Notebook(gateway, jvm.notebook())
        self.jobs = Jobs(jvm.jobs().taskValues())
        self.secrets = Secrets(jvm.secrets())
        self.library = Library(restart)
        self.credentials = Credentials(jvm.credentials())
        self.data = Data(gateway, jvm.data())

    def help(self, part=None):
        print(_call(Part._help, part or "", ""), end="")

    def __getattr__(self, name):
        raise AttributeError(f"dbutils has no part {name}; dbutils.help() tells which there are")


class Widgets(Part):
    _part = "widgets"

    def __init__(self, gateway, jvm):
        self._gateway = gateway
        self._jvm = jvm

    def _list(self, choices):
        jlist = self._gateway.jvm.java.util.ArrayList()
        for choice in choices:
            jlist.add(str(choice))
        return jlist

    def text(self, name, defaultValue, label=None):
        _call(self._jvm.text, name, str(defaultValue), label or name)

    def dropdown(self, name, defaultValue, choices, label=None):
        _call(self._jvm.dropdown, name, str(defaultValue), self._list(choices), label or name)

    def combobox(self, name, defaultValue, choices, label=None):
        _call(self._jvm.combobox, name, str(defaultValue), self._list(choices), label or name)

    def multiselect(self, name, defaultValue, choices, label=None):
        _call(self._jvm.multiselect, name, str(defaultValue), self._list(choices), label or name)

    def get(self, name):
        return _call(self._jvm.get, name)

    def getArgument(self, name, defaultValue=None):
        if defaultValue is None:
            return self.get(name)
        return _call(self._jvm.getArgument, name, str(defaultValue))

    def getAll(self):
        return dict(_call(self._jvm.all))

    def remove(self, name):
        _call(self._jvm.remove, name)

    def removeAll(self):
        _call(self._jvm.removeAll)


class Files(Part):
    _part = "fs"

    def __init__(self, gateway, jvm):
        self._gateway = gateway
        self._jvm = jvm

    def ls(self, dir):
        return [FileInfo(f.path(), f.name(), f.size(), f.modificationTime()) for f in _call(self._jvm.list, dir)]

    def cp(self, from_, to, recurse=False):
        return _call(self._jvm.cp, from_, to, recurse)

    def mv(self, from_, to, recurse=False):
        return _call(self._jvm.mv, from_, to, recurse)

    def rm(self, dir, recurse=False):
        return _call(self._jvm.rm, dir, recurse)

    def mkdirs(self, dir):
        return _call(self._jvm.mkdirs, dir)

    def put(self, file, contents, overwrite=False):
        return _call(self._jvm.put, file, contents, overwrite)

    def head(self, file, maxBytes=65536):
        return _call(self._jvm.head, file, maxBytes)

    def mounts(self):
        return [MountInfo(m.mountPoint(), m.source(), m.encryptionType()) for m in self._jvm.mountList()]

    def refreshMounts(self):
        return _call(self._jvm.refreshMounts)

    def mount(self, source, mount_point, encryption_type="", owner=None, extra_configs=None):
        settings = self._settings(owner, extra_configs)
        return _call(self._jvm.mount, source, mount_point, encryption_type or "", settings)

    def updateMount(self, source, mount_point, encryption_type="", owner=None, extra_configs=None):
        settings = self._settings(owner, extra_configs)
        return _call(self._jvm.updateMount, source, mount_point, encryption_type or "", settings)

    def unmount(self, mount_point):
        _call(self._jvm.unmount, mount_point)
        print(f"{mount_point} has been unmounted.")
        return True

    def _settings(self, owner, extra_configs):
        """Names of all that a mount shall have of its own."""
        names = self._gateway.jvm.java.util.ArrayList()
        for name in [*(extra_configs or {}), *(["owner"] if owner else [])]:
            names.add(name)
        return names


class Notebook(Part):
    _part = "notebook"

    def __init__(self, gateway, jvm):
        self._gateway = gateway
        self._jvm = jvm

    @property
    def entry_point(self):
        return self._gateway.entry_point

    def getContext(self):
        return self._jvm.getContext()

    def exit(self, value=""):
        _call(self._jvm.recordExit, str(value))
        raise NotebookExit(value)

    def run(self, path, timeout_seconds=0, arguments=None):
        values = self._gateway.jvm.java.util.HashMap()
        for key, value in (arguments or {}).items():
            values.put(str(key), str(value))
        return _call(self._jvm.run, path, int(timeout_seconds), values)


class Jobs(Part):
    _part = "jobs"

    def __init__(self, jvm):
        self.taskValues = TaskValues(jvm)


class TaskValues(Part):
    _part = "jobs.taskValues"

    def __init__(self, jvm):
        self._jvm = jvm

    def set(self, key, value):
        _call(self._jvm.setJson, key, json.dumps(value))

    def get(self, taskKey, key, default=None, debugValue=None):
        def text(value):
            return None if value is None else json.dumps(value)

        return json.loads(_call(self._jvm.getJson, taskKey, key, text(default), text(debugValue)))


class Secrets(Part):
    _part = "secrets"

    def __init__(self, jvm):
        self._jvm = jvm

    def get(self, scope, key):
        return _call(self._jvm.get, scope, key)

    def getBytes(self, scope, key):
        return bytes(_call(self._jvm.getBytes, scope, key))

    def list(self, scope):
        return [SecretMetadata(secret.key()) for secret in _call(self._jvm.keys, scope)]

    def listScopes(self):
        return [SecretScope(scope.name()) for scope in _call(self._jvm.scopes)]


class Library(Part):
    _part = "library"

    def __init__(self, restart):
        self._restart = restart

    def restartPython(self):
        """Ends this cell; the next command of Python starts in a fresh process."""
        self._restart()

    def install(self, *_args, **_kwargs):
        raise NotImplementedError("dbutils.library.install is gone since runtime 11: %pip install takes its place")

    def installPyPI(self, *_args, **_kwargs):
        raise NotImplementedError("dbutils.library.installPyPI is gone since runtime 11: %pip install takes its place")


class Credentials(Part):
    _part = "credentials"

    def __init__(self, jvm):
        self._jvm = jvm

    def showCurrentRole(self):
        return []

    def showRoles(self):
        return []

    def assumeRole(self, role):
        return _call(self._jvm.assumeRole, role)


class Data(Part):
    _part = "data"

    def __init__(self, gateway, jvm):
        self._gateway = gateway
        self._jvm = jvm

    def summarize(self, df, precise=False):
        """Shows statistics of the columns of a DataFrame of Spark or pandas."""
        if not hasattr(df, "_jdf"):
            from pyspark.sql import SparkSession

            if hasattr(df, "to_spark"):
                df = df.to_spark()
            else:
                df = SparkSession.getActiveSession().createDataFrame(df)
        _call(self._jvm.summarize, df._jdf, bool(precise))
