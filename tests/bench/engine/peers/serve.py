"""The side of a Python process that is measured; the counterpart of serve-rounds.ts. The job's file is the argument; each line on standard input asks for a round;
figures go to descriptor 3 as lines of JSON: null when warm, then one line a round. Ends with standard input."""

import json
import os
import sys
import time

import torch

job = json.load(open(sys.argv[1]))
work = job["work"]
torch.set_num_threads(job["threads"])
torch.set_default_device(job["device"])
_reports = os.fdopen(3, "w")


def report(figures):
    _reports.write(json.dumps(figures) + "\n")
    _reports.flush()


def wait_for_request():
    """Whether another round is asked for."""
    return sys.stdin.readline() != ""


def finished(one_round):
    seen = one_round()
    if job["device"] == "cuda":
        torch.cuda.synchronize()
    return seen


def serve(one_round):
    finished(one_round)
    report(None)
    while wait_for_request():
        started = time.perf_counter()
        seen = finished(one_round)
        report({"seconds": time.perf_counter() - started, **seen})
