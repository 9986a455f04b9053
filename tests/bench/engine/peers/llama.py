"""A Llama in PyTorch, written by hand for speed on a CPU: projections of one input fused, keys and values written into a buffer of the final length, attention by
scaled_dot_product_attention. Shapes: B rows, T tokens, H heads, K key heads, D head size, V vocabulary."""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class Block(nn.Module):
    def __init__(self, weights, prefix):
        super().__init__()
        take = lambda *names: nn.Parameter(torch.cat([weights[f"{prefix}.{name}.weight"] for name in names]))
        self.input_norm = take("input_layernorm")
        self.qkv = take("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")
        self.output = take("self_attn.o_proj")
        self.feed_forward_norm = take("post_attention_layernorm")
        self.gate_up = take("mlp.gate_proj", "mlp.up_proj")
        self.down = take("mlp.down_proj")


class Cache:
    def __init__(self, model, rows, length):
        shape = (model.layers, 2, rows, model.kv_heads, length, model.head_dim)
        self.values = torch.zeros(shape)
        self.length = 0


class Llama(nn.Module):
    def __init__(self, folder):
        super().__init__()
        config = json.loads((Path(folder) / "config.json").read_text())
        weights = load_file(Path(folder) / "model.safetensors", device=str(torch.get_default_device()))
        self.layers, self.heads, self.kv_heads = (config[f"num_{name}"] for name in ("hidden_layers", "attention_heads", "key_value_heads"))
        self.head_dim, self.eps = config["head_dim"], config["rms_norm_eps"]
        self.embedding = nn.Parameter(weights["model.embed_tokens.weight"])
        self.norm = nn.Parameter(weights["model.norm.weight"])
        self.blocks = nn.ModuleList(Block(weights, f"model.layers.{i}") for i in range(self.layers))
        base = config.get("rope_theta") or config["rope_parameters"]["rope_theta"]
        frequencies = base ** (-torch.arange(0, self.head_dim, 2, dtype=torch.float64) / self.head_dim)
        angles = torch.outer(torch.arange(config["max_position_embeddings"], dtype=torch.float64), frequencies)
        self.register_buffer("cosines", torch.cat([angles.cos()] * 2, 1).float())
        self.register_buffer("sines", torch.cat([angles.sin()] * 2, 1).float())

    def hidden(self, tokens, cache=None):
        """[B, T] to normed hidden states, [B, T, width]. With a cache the tokens go on from its end."""
        rows, count = tokens.shape
        start = 0 if cache is None else cache.length
        x = F.embedding(tokens, self.embedding)
        cosines, sines = self.cosines[start : start + count], self.sines[start : start + count]
        for index, block in enumerate(self.blocks):
            x = x + F.linear(self._attend(F.rms_norm(x, x.shape[-1:], block.input_norm, self.eps), block, index, cosines, sines, cache), block.output)
            gate, up = F.linear(F.rms_norm(x, x.shape[-1:], block.feed_forward_norm, self.eps), block.gate_up).chunk(2, -1)
            x = x + F.linear(F.silu(gate) * up, block.down)
        if cache is not None:
            cache.length += count
        return F.rms_norm(x, x.shape[-1:], self.norm, self.eps)

    def logits(self, hidden):
        return F.linear(hidden, self.embedding)

    def _attend(self, x, block, index, cosines, sines, cache):
        rows, count, _ = x.shape
        heads = F.linear(x, block.qkv).view(rows, count, self.heads + 2 * self.kv_heads, self.head_dim).transpose(1, 2)
        rotated, value = heads[:, : self.heads + self.kv_heads], heads[:, self.heads + self.kv_heads :]
        first, second = rotated.chunk(2, -1)
        rotated = rotated * cosines + torch.cat((-second, first), -1) * sines
        query, key = rotated[:, : self.heads], rotated[:, self.heads :]
        group = self.heads // self.kv_heads
        if cache is not None:
            kept = cache.values[index]
            kept[0, :, :, cache.length : cache.length + count] = key
            kept[1, :, :, cache.length : cache.length + count] = value
            if count == 1:  # the queries of a key head stand where a sequence's would
                end = cache.length + 1
                attended = F.scaled_dot_product_attention(query.reshape(rows, self.kv_heads, group, self.head_dim), kept[0, :, :, :end], kept[1, :, :, :end])
                return attended.reshape(rows, 1, self.heads * self.head_dim)
        key, value = (each.repeat_interleave(group, 1) for each in (key, value))
        attended = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        return attended.transpose(1, 2).reshape(rows, count, self.heads * self.head_dim)


@torch.inference_mode()
def sample(model, prompts, samples_per_prompt, new_tokens, temperature):
    """Prompts of one length, each computed once. Returns tokens and log-probabilities, [B, new_tokens], B = prompts * samples_per_prompt."""
    prompts = torch.tensor(prompts)
    rows = len(prompts) * samples_per_prompt
    prefix = Cache(model, len(prompts), prompts.shape[1])
    last = model.hidden(prompts, prefix)[:, -1]
    cache = Cache(model, rows, prompts.shape[1] + new_tokens)
    cache.values[..., : prefix.length, :] = prefix.values.repeat_interleave(samples_per_prompt, 2)
    cache.length = prefix.length
    last = last.repeat_interleave(samples_per_prompt, 0)
    tokens, logprobs = torch.empty(rows, new_tokens, dtype=torch.long), torch.empty(rows, new_tokens)
    for t in range(new_tokens):
        distribution = torch.log_softmax(model.logits(last) / (temperature or 1), -1)
        picked = torch.multinomial(distribution.exp(), 1) if temperature else distribution.argmax(-1, keepdim=True)
        tokens[:, t], logprobs[:, t] = picked[:, 0], distribution.gather(1, picked)[:, 0]
        if t + 1 < new_tokens:
            last = model.hidden(picked, cache)[:, -1]
    return tokens, logprobs
