"""Modules that code imports to find out where it runs and to get at dbutils: pyspark.dbutils, dbruntime, databricks.sdk.runtime."""

import importlib.machinery
import sys
import types

_names = {}
_context = None


def register(names, context, access):
    """@param context makes the notebook's context, @param access tells the platform's address and a token that is still good"""
    global _names, _context
    _names, _context = names, context
    import pyspark

    def dbutils(spark=None, *_):
        return names["dbutils"]

    class DBUtils:
        """``DBUtils(spark)``, as libraries get at dbutils."""

        def __new__(cls, *_args, **_kwargs):
            return names["dbutils"]

    import slipway_dbutils

    pyspark.dbutils = _module("pyspark.dbutils", DBUtils=DBUtils, get_dbutils=dbutils, FileInfo=slipway_dbutils.FileInfo)

    class UserNamespaceInitializer:
        @staticmethod
        def getOrCreate():
            return UserNamespaceInitializer()

        def get_namespace_globals(self):
            return dict(names)

    def init_runtime_native_auth():
        """How the SDK signs its requests when nobody tells it anything: as the user whose notebook this is."""
        host, _ = access()
        return host, lambda: {"Authorization": "Bearer " + access()[1]}

    package = _module("dbruntime", UserNamespaceInitializer=UserNamespaceInitializer)
    package.__path__ = []
    package.dbutils = _module(
        "dbruntime.dbutils",
        DBUtils=DBUtils,
        get_dbutils=dbutils,
        FileInfo=slipway_dbutils.FileInfo,
        MountInfo=slipway_dbutils.MountInfo,
    )
    package.display = _module("dbruntime.display", display=names["display"], displayHTML=names["displayHTML"])
    package.sdk_credential_provider = _module(
        "dbruntime.sdk_credential_provider", init_runtime_native_auth=init_runtime_native_auth
    )
    package.databricks_repl_context = _module("dbruntime.databricks_repl_context", get_context=repl_context)
    sys.meta_path.append(_Absent)


def _module(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


def repl_context():
    """Where this code runs, as plain attributes."""
    context = _context()

    def value(option):
        return option.get() if option.isDefined() else None

    url = value(context.apiUrl())
    run = value(context.currentRunId())
    return types.SimpleNamespace(
        apiUrl=url,
        apiToken=value(context.apiToken()),
        browserHostName=value(context.browserHostName()),
        workspaceUrl=value(context.browserHostName()),
        workspaceId=value(context.workspaceId()),
        clusterId=value(context.clusterId()),
        notebookPath=value(context.notebookPath()),
        notebookId=None,
        user=value(context.userName()),
        jobId=value(context.jobId()),
        currentRunId=None if run is None else str(run.id()),
        isInCluster=True,
        isInNotebook=context.notebookPath().isDefined(),
        isInJob=run is not None,
        isInRepl=True,
    )


class _Absent:
    """Stands in for ``databricks.sdk.runtime`` where the SDK is not installed. Comes last: what is installed is found before it."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in ("databricks", "databricks.sdk", "databricks.sdk.runtime"):
            return importlib.machinery.ModuleSpec(name, _Absent, is_package=name != "databricks.sdk.runtime")
        return None

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.__slipway_standin__ = True
        if module.__name__ == "databricks.sdk.runtime":
            module.__dict__.update(_names)
        elif module.__name__ == "databricks.sdk":

            def missing(name):
                if name.startswith("__"):
                    raise AttributeError(name)
                raise ImportError(f"databricks.sdk has no {name} here: the SDK is not installed. %pip install databricks-sdk")

            module.__getattr__ = missing
