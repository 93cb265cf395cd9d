"""``dbutils`` for Python: thin names over the objects in the JVM, which Scala and SQL share."""

import collections
import importlib
import json

FileInfo = collections.namedtuple("FileInfo", ["path", "name", "size", "modificationTime"])
FileInfo.isDir = lambda self: self.name.endswith("/")
FileInfo.isFile = lambda self: not self.isDir()


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
    if name == "FileNotFoundException":
        raise FileNotFoundException(message) from None
    if name in ("NoSuchElementException", "IllegalArgumentException"):
        raise ValueError(message) from None
    if name == "UnsupportedOperationException":
        raise NotImplementedError(message) from None
    raise RuntimeError(message) from None


class FileNotFoundException(FileNotFoundError):
    pass


class DBUtils:
    def __init__(self, gateway, jvm, shell):
        self.widgets = Widgets(gateway, jvm.widgets())
        self.fs = Files(jvm.fs())
        self.notebook = Notebook(gateway, jvm.notebook())
        self.jobs = Jobs(jvm.jobs().taskValues())
        self.secrets = Secrets(jvm.secrets())
        self.library = Library(shell)
        self.credentials = Credentials()

    def help(self):
        print("dbutils: credentials, fs, jobs, library, notebook, secrets, widgets")


class Widgets:
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

    def getArgument(self, name, defaultValue=""):
        return _call(self._jvm.getArgument, name, str(defaultValue))

    def getAll(self):
        return dict(_call(self._jvm.getAll))

    def remove(self, name):
        _call(self._jvm.remove, name)

    def removeAll(self):
        _call(self._jvm.removeAll)


class Files:
    def __init__(self, jvm):
        self._jvm = jvm

    def ls(self, dir):
        return [FileInfo(f.path(), f.name(), f.size(), f.modificationTime()) for f in _call(self._jvm.ls, dir)]

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

    def help(self):
        print(self._jvm.help())


class Notebook:
    def __init__(self, gateway, jvm):
        self._gateway = gateway
        self._jvm = jvm

    def exit(self, value=""):
        _call(self._jvm.recordExit, str(value))
        raise NotebookExit(value)

    def run(self, path, timeout_seconds=0, arguments=None):
        values = self._gateway.jvm.java.util.HashMap()
        for key, value in (arguments or {}).items():
            values.put(str(key), str(value))
        return _call(self._jvm.run, path, int(timeout_seconds), values)


class Jobs:
    def __init__(self, jvm):
        self.taskValues = TaskValues(jvm)


class TaskValues:
    def __init__(self, jvm):
        self._jvm = jvm

    def set(self, key, value):
        _call(self._jvm.setJson, key, json.dumps(value))

    def get(self, taskKey, key, default=None, debugValue=None):
        def text(value):
            return None if value is None else json.dumps(value)

        return json.loads(_call(self._jvm.getJson, taskKey, key, text(default), text(debugValue)))


class Secrets:
    def __init__(self, jvm):
        self._jvm = jvm

    def get(self, scope, key):
        return _call(self._jvm.get, scope, key)


class Library:
    def __init__(self, shell):
        self._shell = shell

    def restartPython(self):
        """Ends this Python process; the next command starts a fresh one."""
        self._shell.kernel.do_shutdown(False)
        importlib.invalidate_caches()
        self._shell.ask_exit()


class Credentials:
    def showCurrentRole(self):
        return []

    def showRoles(self):
        return []
