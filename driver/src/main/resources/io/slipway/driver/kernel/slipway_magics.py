"""Magics of Python cells: packages, a new process, and the ones that must not pass for code."""

import glob
import importlib
import os
import shlex
import subprocess
import sys

FIRST_LINE = "sql scala r sh fs md run skip".split()

_restart = None


class PipError(Exception):
    pass


class MagicError(Exception):
    pass


class PythonRestart(BaseException):
    """Ends the cell that asks for a new Python process. Not an Exception, so that ``except Exception`` lets it pass."""


def register(shell, restart):
    """@param restart tells the driver that the next command needs a new process"""
    global _restart
    _restart = restart
    shell.register_magic_function(pip, "line", "pip")
    shell.register_magic_function(restart_python, "line", "restart_python")
    shell.register_magic_function(conda, "line", "conda")
    for name in FIRST_LINE:
        shell.register_magic_function(_misplaced(name), "line", name)


def restart_python(_line=""):
    """The next command begins in a new process, and what follows in this cell is not run."""
    _restart()
    raise PythonRestart()


def conda(_line=""):
    raise MagicError("%conda is not available: packages come from %pip install")


def _misplaced(name):
    def refuse(_line=""):
        raise MagicError(f"%{name} has to be the first line of its cell; within Python code it cannot be used")

    return refuse


def pip(line):
    """Into the context's own packages; a failure fails the cell."""
    words = arguments(line)
    if not words:
        raise MagicError("%pip needs a command, for instance %pip install package")
    status = _told([sys.executable, "-m", "pip", *words])
    if status != 0:
        raise PipError(f"pip ended with status {status}: %pip {line.strip()}")
    importlib.invalidate_caches()
    for name in [name for name, module in sys.modules.items() if getattr(module, "__slipway_standin__", False)]:
        del sys.modules[name]


def _told(command):
    """Runs a program and tells what it says while it says it."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    try:
        for line in process.stdout:
            sys.stdout.write(line)
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise


def arguments(line):
    """The words of the line. No shell reads it: what pip is told may have the signs < and > in it."""
    words = []
    for word in shlex.split(line):
        if word.startswith("#"):
            break
        word = os.path.expanduser(os.path.expandvars(word))
        words += sorted(glob.glob(word)) or [word] if glob.has_magic(word) and "/" in word else [word]
    return words
