"""Sampling by `generate` of transformers, at temperature 1, without filters."""

from serve import job, serve, work
from transformers_model import generate, load

model = load(job["model"])
workload = work["workload"]


def sampling():
    tokens = generate(model, workload["prompts"], workload["samplesPerPrompt"], workload["newTokens"], do_sample=True, temperature=1.0, top_k=0, top_p=1.0)
    return {"newTokens": tokens.numel()}


serve(sampling)
