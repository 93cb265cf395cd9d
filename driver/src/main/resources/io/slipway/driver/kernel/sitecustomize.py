"""Runs when any Python of a context begins, however it was started: from a cell, from a shell, by another Python."""

import errno
import os
import sys

import slipway_prefix

if os.path.isfile("/dbfs"):

    def refuse(event, arguments, calls=("open", "os.")):
        """Says what else to do, where the system would only say that /dbfs is no folder."""
        if event.startswith(calls) and arguments and isinstance(arguments[0], str) and arguments[0].startswith("/dbfs/"):
            path = arguments[0]
            raise NotADirectoryError(
                errno.ENOTDIR,
                "DBFS is on a bucket here, not in a folder of this machine: read and write it by Spark as dbfs:"
                + path[len("/dbfs") :]
                + ", or copy it with dbutils.fs.cp('dbfs:"
                + path[len("/dbfs") :]
                + "', 'file:/tmp/...')",
                path,
            )

    sys.addaudithook(refuse)

if os.environ.get(slipway_prefix.VARIABLE):
    slipway_prefix.enter(os.environ[slipway_prefix.VARIABLE])
