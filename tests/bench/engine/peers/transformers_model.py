import torch
from transformers import AutoModelForCausalLM


def load(folder):
    """float32; scaled_dot_product_attention, the quickest of its kinds on a CPU."""
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa").eval()


@torch.inference_mode()
def generate(model, prompts, samples_per_prompt, new_tokens, **sampling):
    """Exactly `new_tokens` for each sample, [rows, new_tokens]."""
    tokens = torch.tensor(prompts)
    model.generation_config.eos_token_id = None
    output = model.generate(tokens, attention_mask=torch.ones_like(tokens), num_return_sequences=samples_per_prompt, max_new_tokens=new_tokens, pad_token_id=0, **sampling)
    return output[:, tokens.shape[1] :]
