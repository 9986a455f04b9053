"""Sampling by the hand-written loop, at temperature 1, with log-probabilities."""

from llama import Llama, sample
from serve import job, serve, work

model = Llama(job["model"])
workload = work["workload"]


def sampling():
    tokens, _ = sample(model, workload["prompts"], workload["samplesPerPrompt"], workload["newTokens"], 1)
    return {"newTokens": tokens.numel()}


serve(sampling)
