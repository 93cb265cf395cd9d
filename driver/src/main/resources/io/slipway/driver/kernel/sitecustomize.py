"""Runs when any Python of a context begins, however it was started: from a cell, from a shell, by another Python."""

import os

import slipway_prefix

if os.environ.get(slipway_prefix.VARIABLE):
    slipway_prefix.enter(os.environ[slipway_prefix.VARIABLE])
