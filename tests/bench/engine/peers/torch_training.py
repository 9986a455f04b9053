"""Cross-entropy training by hand-written PyTorch: rows, forward, backward, fused AdamW. Weight decay as ours: on matrices alone."""

import torch
from llama import Llama
from rows import accumulate, rows_of
from serve import job, serve, work

model = Llama(job["model"])
rows = rows_of(work["workload"]["groups"])
parts = [{"params": [p for p in model.parameters() if (p.dim() > 1) == is_matrix], "weight_decay": 0.01 if is_matrix else 0.0} for is_matrix in (True, False)]
optimiser = torch.optim.AdamW(parts, lr=1e-7, betas=(0.9, 0.999), eps=1e-8, fused=True)


def training():
    loss = accumulate(rows, work["workload"]["microBatchRows"], model.hidden, model.logits)
    optimiser.step()
    optimiser.zero_grad()
    return {"loss": loss}


serve(training)
