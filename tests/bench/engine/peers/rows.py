"""Training groups as rows: each response behind its prompt."""

import torch
import torch.nn.functional as F


def rows_of(groups):
    return [(group["promptTokens"], response) for group in groups for response in group["responses"]]


def response_logprobs(rows, hidden_of, logits_of):
    """Log-probabilities of the response tokens of rows of one shape, [rows, response]; logits are computed at the positions that predict one."""
    prompt, response = len(rows[0][0]), len(rows[0][1])
    tokens = torch.tensor([[*p, *r] for p, r in rows])
    hidden = hidden_of(tokens[:, :-1])[:, prompt - 1 :]
    logits = logits_of(hidden).flatten(0, 1)
    return -F.cross_entropy(logits, tokens[:, prompt:].flatten(), reduction="none").view(len(rows), response)


def accumulate(rows, micro_batch, hidden_of, logits_of):
    """Gradients of the mean negative log-likelihood of all response tokens; returns the mean."""
    count, total = sum(len(response) for _, response in rows), 0.0
    for first in range(0, len(rows), micro_batch):
        loss = -response_logprobs(rows[first : first + micro_batch], hidden_of, logits_of).sum() / count
        loss.backward()
        total += loss.item()
    return total


def gradient_norm(parameters):
    return torch.stack([parameter.grad.double().square().sum() for parameter in parameters]).sum().sqrt().item()
