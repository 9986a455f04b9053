"""Products of two square float32 matrices by PyTorch."""

import torch
from serve import serve, work

matrix = torch.rand(work["size"], work["size"])


def sgemm():
    torch.mm(matrix, matrix)
    return {}


serve(sgemm)
