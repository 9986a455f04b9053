"""The figures of ours/check.ts from transformers."""

import torch
from rows import accumulate, gradient_norm, response_logprobs, rows_of
from serve import job, serve, work
from transformers_model import generate, load

model = load(job["model"])
rows = rows_of(work["groups"])
hidden_of = lambda tokens: model.model(tokens, use_cache=False).last_hidden_state


def check():
    with torch.no_grad():
        logprobs = response_logprobs(rows, hidden_of, model.lm_head)
    greedy = generate(model, [group["promptTokens"] for group in work["groups"]], 1, work["greedyTokens"], do_sample=False)
    model.zero_grad()
    loss = accumulate(rows, len(rows), hidden_of, model.lm_head)
    return {"logprobs": logprobs.flatten().tolist(), "greedy": greedy.flatten().tolist(), "loss": loss, "gradientNorm": gradient_norm(model.parameters())}


serve(check)
