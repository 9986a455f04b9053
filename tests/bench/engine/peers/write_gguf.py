"""Writes a Hugging Face folder of a Llama as a GGUF file for llama.cpp: write_gguf.py FOLDER FILE F32|Q4_1. Norms stay float32. Words of the vocabulary are made up."""

import json
import sys
from pathlib import Path

import gguf
from safetensors.numpy import load_file

folder, file, kind = Path(sys.argv[1]), sys.argv[2], gguf.GGMLQuantizationType[sys.argv[3]]
config = json.loads((folder / "config.json").read_text())
heads, kv_heads, layers = config["num_attention_heads"], config["num_key_value_heads"], config["num_hidden_layers"]
writer = gguf.GGUFWriter(file, "llama")
writer.add_vocab_size(config["vocab_size"])
writer.add_context_length(config["max_position_embeddings"])
writer.add_embedding_length(config["hidden_size"])
writer.add_block_count(layers)
writer.add_feed_forward_length(config["intermediate_size"])
writer.add_head_count(heads)
writer.add_head_count_kv(kv_heads)
writer.add_rope_dimension_count(config["head_dim"])
writer.add_rope_freq_base(config.get("rope_theta") or config["rope_parameters"]["rope_theta"])
writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
writer.add_file_type(gguf.LlamaFileType.ALL_F32 if kind == gguf.GGMLQuantizationType.F32 else gguf.LlamaFileType.MOSTLY_Q4_1)
writer.add_tokenizer_model("gpt2")
writer.add_tokenizer_pre("gpt-2")
writer.add_token_list([f"w{token}" for token in range(config["vocab_size"])])
writer.add_token_types([gguf.TokenType.NORMAL] * config["vocab_size"])
writer.add_token_merges(["w 0"])
writer.add_eos_token_id(0)
names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, layers)


def interleaved(weight, count):
    """llama.cpp rotates neighbouring pairs where transformers rotates halves of a head."""
    return weight.reshape(count, 2, weight.shape[0] // count // 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


for name, weight in load_file(folder / "model.safetensors").items():
    if name.endswith("q_proj.weight"):
        weight = interleaved(weight, heads)
    if name.endswith("k_proj.weight"):
        weight = interleaved(weight, kv_heads)
    stored = kind if weight.ndim > 1 else gguf.GGMLQuantizationType.F32
    writer.add_tensor(names.get_name(name, try_suffixes=(".weight",)), gguf.quants.quantize(weight, stored), raw_dtype=stored)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
