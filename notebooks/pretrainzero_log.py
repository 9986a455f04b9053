"""A run's folder as tables, for the notebooks: Parquet folders, manifest and config, without the program that wrote them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
import yaml

#: Offsets in the log count UTF-16 code units.
UTF16_BYTES = 2
SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "pipelines" / "sample"
#: Side files with the class of every span, by the corpus (`corpus.path`) that they belong to.
LABEL_FILES = {"atlas": "atlas-labels.jsonl.gz", "sample": "labels.jsonl.gz"}


@dataclass(frozen=True)
class Run:
    """A run's folder. Raises FileNotFoundError where there is none."""

    folder: Path

    def __init__(self, folder: str | Path) -> None:
        object.__setattr__(self, "folder", Path(folder))
        if not (self.folder / "manifest.jsonl").is_file():
            raise FileNotFoundError(f"{self.folder} holds no run: it has no manifest.jsonl")

    @cached_property
    def config(self) -> dict[str, Any]:
        """The resolved config, by section."""
        return yaml.safe_load((self.folder / "config.yaml").read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """The run's own name, `run.name`."""
        return self.config["run"]["name"]

    @cached_property
    def manifest(self) -> list[dict[str, Any]]:
        """The lines of the manifest, one a committed step, in order."""
        lines = (self.folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def table(self, name: str, columns: list[str] | None = None) -> pl.DataFrame:
        """All rows of a table, for example `samples/groups`, in order of steps. No rows and no columns where the run has no such table."""
        parts = sorted((self.folder / name).glob("step=*.parquet"))
        if not parts:
            return pl.DataFrame()
        return pl.read_parquet(parts, columns=columns, hive_partitioning=False)

    @cached_property
    def masks(self) -> pl.DataFrame:
        """One row a usable mask: the masked passage with its paragraph's text, what was solved of it, and the class of the hidden words.

        Added columns: `paragraphText`, `attempts` (predictions), `solvedShare` (0 to 1), `kept`, `dropReason`, `spanClass`, `surface`. Raises ValueError where the
        run has no masks at all.
        """
        passages = self.table("samples/masked_passages")
        if passages.height == 0:
            raise ValueError(f"{self.folder} has no masks: its pipeline is {self.config['pipeline']}")
        passages = passages.drop("text")
        paragraphs = self.table("samples/paragraphs", ["id", "text"]).rename({"id": "paragraphId", "text": "paragraphText"})
        groups = self.table("samples/groups").filter(pl.col("role") == "predict")
        solved = groups.select(
            "paragraphId", "maskIndex", "kept", "dropReason",
            attempts=pl.col("rolloutIds").list.len(),
            solvedShare=pl.col("rewards").list.mean(),
        )
        masks = passages.join(paragraphs, on="paragraphId", how="left").join(solved, on=["paragraphId", "maskIndex"], how="left")
        labels = read_labels(self.config["corpus"]["path"])
        classes = [
            span_class([(start, start + utf16_length(row["maskText"])) for start in row["spanStarts"]], labels.get(row["paragraphText"], []))
            for row in masks.select("spanStarts", "maskText", "paragraphText").iter_rows(named=True)
        ]
        surfaces = [surface_kind(text) for text in masks["maskText"]]
        return masks.with_columns(spanClass=pl.Series(classes, dtype=pl.String), surface=pl.Series(surfaces, dtype=pl.String))


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // UTF16_BYTES


def utf16_slice(text: str, start: int, end: int) -> str:
    """What stands between two offsets in UTF-16 code units."""
    return text.encode("utf-16-le")[UTF16_BYTES * start : UTF16_BYTES * end].decode("utf-16-le")


Span = dict[str, Any]


def read_labels(corpus: str | list[str]) -> dict[str, list[Span]]:
    """Text of a paragraph -> its labelled spans (`start`, `end`, `class`, `kind`), for the bundled corpora; empty for any other."""
    file = LABEL_FILES.get(corpus) if isinstance(corpus, str) else None
    if file is None:
        return {}
    with gzip.open(SAMPLE_FOLDER / file, "rt", encoding="utf-8") as lines:
        return {paragraph["text"]: paragraph["spans"] for paragraph in map(json.loads, lines)}


def span_class(hidden: list[tuple[int, int]], labelled: list[Span]) -> str:
    """The class with the most hidden characters; frame words (`trivial`) count only where nothing else is hidden. `unlabelled` without labels."""
    characters: dict[str, int] = {}
    for label in sorted(labelled, key=lambda each: each["start"]):
        overlap = sum(max(0, min(end, label["end"]) - max(start, label["start"])) for start, end in hidden)
        if overlap > 0:
            characters[label["class"]] = characters.get(label["class"], 0) + overlap
    telling = {name: count for name, count in characters.items() if name != "trivial"}
    if telling:
        return max(telling, key=lambda name: telling[name])
    return "trivial" if characters else "unlabelled"


FUNCTION_WORDS = frozenset(
    "a an the this that these those it its he she they his her their of in on at to from by with for as and or but so if than then there is are was were be been "
    "has have had do does did not no also which who what when where thus into over under about after before between".split()
)


def surface_kind(text: str) -> str:
    """What a text looks like, for corpora without labels: `number`, `name`, `function word`, `word`, `phrase` or `fragment`.

    A rule of thumb and no parser: a name has a capital in every word that is not a function word, a phrase is of several words, a fragment has no word at all
    or is a single letter.
    """
    words = text.split()
    if any(character.isdecimal() for character in text):
        return "number"
    content = [word for word in words if word.lower().strip(".,;:") not in FUNCTION_WORDS]
    if not any(character.isalpha() for character in text) or len(text) == 1:
        return "fragment"
    if not content:
        return "function word" if len(words) == 1 else "phrase"
    if all(word[0].isupper() for word in content):
        return "name"
    return "word" if len(words) == 1 else "phrase"
