"""A whole step by TRL's GRPOTrainer: rollouts, rewards, one optimiser step. What it is given as its best settings on a CPU:

- float32 and scaled_dot_product_attention; no gradient checkpointing, no KL (so no reference model), one iteration over a generation, so that it need not compute the
  log-probabilities under the sampling policy again; fused AdamW; micro-batches that fit the cache;
- the prompts of both roles at once, in one call of `generate`. In a real run the second would wait for the first.

Every completion has the same length: the end of text is suppressed. Prompts are words of a tokenizer that has one word a token, since the trainer takes text.
"""

import os
import time

import torch
from datasets import Dataset
from serve import job, report, wait_for_request, work
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, TrainerCallback
from transformers_model import load
from trl import GRPOConfig, GRPOTrainer

workload = work["workload"]
prompts = [*workload["maskPrompts"], *workload["predictionPrompts"]]
rollouts = len(prompts) * workload["samplesPerPrompt"]
model = load(job["model"])


def word(token):
    return f"<{token}>"


words = Tokenizer(models.WordLevel({word(token): token for token in range(model.config.vocab_size)}, unk_token=word(0)))
words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, eos_token=word(0), pad_token=word(0), unk_token=word(0), padding_side="left")
texts = [" ".join(map(word, prompt)) for prompt in prompts]
assert tokenizer(texts)["input_ids"] == prompts

seen = {}


def reward(completion_ids, **_):
    seen["rollouts"], seen["newTokens"] = len(completion_ids), sum(map(len, completion_ids))
    return [float(sum(tokens) % 7) for tokens in completion_ids]


class Rounds(TrainerCallback):
    started = None

    def on_step_begin(self, args, state, control, **_):
        if state.global_step > 0 and not wait_for_request():
            os._exit(0)
        self.started = time.perf_counter()

    def on_step_end(self, args, state, control, **_):
        report(None if state.global_step == 1 else {"seconds": time.perf_counter() - self.started, **seen})


config = GRPOConfig(
    output_dir="trl",
    max_steps=10_000,
    per_device_train_batch_size=workload["microBatchRows"],
    gradient_accumulation_steps=rollouts // workload["microBatchRows"],
    num_generations=workload["samplesPerPrompt"],
    max_completion_length=workload["newTokens"],
    generation_kwargs={"min_new_tokens": workload["newTokens"]},
    temperature=1.0,
    beta=0.0,
    num_iterations=1,
    epsilon=0.2,
    epsilon_high=0.28,
    learning_rate=1e-7,
    lr_scheduler_type="constant",
    weight_decay=0.01,
    optim="adamw_torch_fused",
    gradient_checkpointing=False,
    bf16=False,
    use_cpu=True,
    report_to="none",
    save_strategy="no",
    logging_strategy="no",
    disable_tqdm=True,
)
dataset = Dataset.from_list([{"prompt": text} for text in texts])
trainer = GRPOTrainer(model=model, reward_funcs=reward, args=config, train_dataset=dataset, processing_class=tokenizer, callbacks=[Rounds()])
torch.set_num_threads(job["threads"])  # the trainer may have changed it
trainer.train()
