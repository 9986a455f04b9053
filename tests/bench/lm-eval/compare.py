"""Holds an evaluation of `pretrainzero evaluate` against the lm-evaluation-harness, item by item. In: the folder of a finished greedy evaluation, the folder of the model that was asked, and the limit of tokens. Out: how many items agree in
the response and in the verdict, and the first that do not; exit code 1 where any does not.

    sh tests/bench/lm-eval/setup.sh
    .cache/lm-eval/bin/python tests/bench/lm-eval/compare.py evaluations/quickstart-cloze pipelines/base-model 24

The harness is given the same questions as a task of its own: the prompts as text, greedy generation, an answer found by its own filters (the last box), its own exact match.
"""

import json
import pathlib
import sys
import tempfile

import lm_eval
import pyarrow.parquet as parquet
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager

TASK = r"""
task: pretrainzero_items
dataset_path: json
dataset_kwargs: {data_files: {test: "%s"}}
test_split: test
output_type: generate_until
doc_to_text: "{{prompt}}"
doc_to_target: "{{expected}}"
generation_kwargs: {until: ["<|never|>"], do_sample: false, temperature: 0.0, max_gen_toks: %d}
filter_list:
  - name: last-box
    filter:
      - {function: regex, regex_pattern: '\\boxed\s*\{([^{}]*)\}', group_select: -1, fallback: ""}
      - {function: take_first}
metric_list:
  - {metric: exact_match, aggregation: mean, higher_is_better: true}
metadata: {version: 1}
"""


def main():
    evaluation, model, limit = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    rows = [row for part in sorted((evaluation / "answers").glob("*.parquet")) for row in parquet.read_table(part).to_pylist()]
    language_model = HFLM(pretrained=model, device="cpu", dtype="float32", batch_size=1)
    prompts = [language_model.tokenizer.decode(row["promptTokens"], skip_special_tokens=True) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        items = pathlib.Path(folder) / "items.jsonl"
        items.write_text("".join(json.dumps({"prompt": prompt, "expected": row["expected"]}) + "\n" for prompt, row in zip(prompts, rows)), encoding="utf-8")
        (pathlib.Path(folder) / "task.yaml").write_text(TASK % (items, limit), encoding="utf-8")
        manager = TaskManager(include_path=folder, include_defaults=False)
        result = lm_eval.simple_evaluate(model=language_model, tasks=["pretrainzero_items"], task_manager=manager, num_fewshot=0, log_samples=True, bootstrap_iters=0)
    samples = sorted(result["samples"]["pretrainzero_items"], key=lambda sample: sample["doc_id"])
    differing = []
    same_text = 0
    for row, sample in zip(rows, samples, strict=True):
        theirs = bool(sample["exact_match"])
        same_text += row["responseText"].strip() == sample["resps"][0][0].strip()
        if theirs != row["correct"]:
            differing.append((row["itemId"], row["expected"], row["responseText"], sample["resps"][0][0]))
    right = sum(row["correct"] for row in rows)
    print(f"{len(rows)} items: pretrainzero {right} right, lm-evaluation-harness {sum(bool(s['exact_match']) for s in samples)} right; {len(rows) - len(differing)} verdicts and {same_text} responses agree")
    for item in differing[:5]:
        print("differs:", *item, sep="\n  ")
    sys.exit(1 if differing or same_text < len(rows) else 0)


main()
