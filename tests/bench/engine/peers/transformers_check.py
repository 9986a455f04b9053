"""The figures of ours/check.ts from transformers."""

import torch
from rows import accumulate, gradient_norm, response_logprobs, rows_of
from serve import job, serve, work
from transformers_model import generate, load

model = load(job["model"])
rows = rows_of(work["groups"])
hidden_of = lambda tokens: model.model(tokens, use_cache=False).last_hidden_state


def margins(prompts, greedy):
    """How far the most likely token's logit is above the next one's, [prompts, new tokens]."""
    tokens = torch.cat([torch.tensor(prompts), greedy], 1)
    with torch.no_grad():
        logits = model.lm_head(hidden_of(tokens[:, :-1])[:, len(prompts[0]) - 1 :])
    best = logits.topk(2, dim=-1).values
    return best[..., 0] - best[..., 1]


def check():
    with torch.no_grad():
        logprobs = response_logprobs(rows, hidden_of, model.lm_head)
    prompts = [group["promptTokens"] for group in work["groups"]]
    greedy = generate(model, prompts, 1, work["greedyTokens"], do_sample=False)
    model.zero_grad()
    loss = accumulate(rows, len(rows), hidden_of, model.lm_head)
    return {
        "logprobs": logprobs.flatten().tolist(),
        "greedy": greedy.flatten().tolist(),
        "margins": margins(prompts, greedy).flatten().tolist(),
        "loss": loss,
        "gradientNorm": gradient_norm(model.parameters()),
    }


serve(check)
