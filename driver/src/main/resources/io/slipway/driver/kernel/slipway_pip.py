"""pip that installs into the context's own prefix and sees what is installed there."""

import os
import runpy
import sys

from slipway_kernel import packages

prefix = os.environ["SLIPWAY_PREFIX"]
sys.path.insert(0, packages(prefix))
if sys.argv[1:2] == ["install"]:
    sys.argv[2:2] = ["--prefix", prefix, "--no-warn-script-location", "--disable-pip-version-check"]
runpy.run_module("pip", run_name="__main__")
