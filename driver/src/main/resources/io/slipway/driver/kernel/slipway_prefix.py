"""The place of a context's own packages: what one of its Pythons installs, all of them find, and the computer's own Python stays as it
is. It is a virtual environment to pip, which so takes nothing away from other places; it cannot be one to Python, which would have to be
started in it, and a kernel's process is there before its context.
"""

import importlib
import os
import sys
import sysconfig

VARIABLE = "SLIPWAY_PREFIX"


def enter(prefix):
    """Makes this process one of the context whose packages lie there; returns the folder of the packages."""
    os.environ[VARIABLE] = prefix
    sys.prefix = sys.exec_prefix = prefix
    importlib.reload(sysconfig)  # it remembers the former one
    own = os.path.join(prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "site-packages")
    os.makedirs(own, exist_ok=True)
    sys.path.insert(0, own)
    return own
