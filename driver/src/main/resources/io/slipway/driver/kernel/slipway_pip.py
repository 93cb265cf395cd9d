"""pip that installs into the context's own prefix and sees what is installed there."""

import os
import runpy
import sys

from slipway_kernel import packages

prefix = os.environ["SLIPWAY_PREFIX"]
sys.path.insert(0, packages(prefix))
# Every process of a node belongs to one user: pip's warning about root helps nobody.
os.environ.setdefault("PIP_ROOT_USER_ACTION", "ignore")
if sys.argv[1:2] == ["install"]:
    sys.argv[2:2] = ["--prefix", prefix, "--no-warn-script-location", "--disable-pip-version-check"]
runpy.run_module("pip", run_name="__main__")
