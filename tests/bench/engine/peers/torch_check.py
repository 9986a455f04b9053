"""The figures of ours/check.ts from the hand-written loop."""

import torch
from llama import Llama, sample
from rows import accumulate, gradient_norm, response_logprobs, rows_of
from serve import job, serve, work

model = Llama(job["model"])
rows = rows_of(work["groups"])


def check():
    with torch.no_grad():
        logprobs = response_logprobs(rows, model.hidden, model.logits)
    greedy, _ = sample(model, [group["promptTokens"] for group in work["groups"]], 1, work["greedyTokens"], 0)
    model.zero_grad()
    loss = accumulate(rows, len(rows), model.hidden, model.logits)
    return {"logprobs": logprobs.flatten().tolist(), "greedy": greedy.flatten().tolist(), "loss": loss, "gradientNorm": gradient_norm(model.parameters())}


serve(check)
