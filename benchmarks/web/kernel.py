"""The same cells sent straight to a bare kernel of the same runtime: no platform, no Spark, no page. Prints milliseconds, as JSON.

Usage: kernel.py cell|flood
"""

import json
import subprocess
import sys
import time

from jupyter_client.manager import start_new_kernel

UNCOUNTED, COUNTED = 5, 40


def seconds_until(client, code, expected):
    """From the request until a text has come that ends with what is expected."""
    began = time.monotonic()
    request = client.execute(code)
    took = None
    while True:
        message = client.get_iopub_msg(timeout=180)
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if took is None and message["msg_type"] == "stream" and content["text"].rstrip().endswith(expected):
            took = time.monotonic() - began
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            return took


def cell(client):
    client.execute_interactive("number = iter(range(1000))", output_hook=lambda _: None)
    times = []
    for number in range(UNCOUNTED + COUNTED):
        times.append(1000 * seconds_until(client, 'print("number", next(number), "comes")', f"number {number} comes"))
        time.sleep(0.15)
    return times[UNCOUNTED:]


def flood(client):
    client.execute_interactive("print('warm')", output_hook=lambda _: None)
    return [1000 * seconds_until(client, "for line in range(1_000_000):\n    print(line)", "999999")]


manager, client = start_new_kernel(kernel_name="python3", stderr=subprocess.DEVNULL)
try:
    print(json.dumps({"cell": cell, "flood": flood}[sys.argv[1]](client)))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
