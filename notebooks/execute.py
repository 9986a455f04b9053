"""Executes the notebooks in this folder. They are written back with small, stable outputs; with --check they are compared with what is there instead.

python execute.py [--check | --discard] [notebook ...]

--check    exit code 1 where an output differs: text to the letter, of images that there is one
--discard  only see that they run, for example on another run (PRETRAINZERO_RUN)
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).resolve().parent
#: Seconds that a cell may take, a kernel to come up, and a cell's last output to arrive after its end: for a machine that is busy with other things.
CELL_TIMEOUT, STARTUP_TIMEOUT, OUTPUT_TIMEOUT = 600, 300, 60
#: What GitHub shows of an output, best first; one kind is kept.
KINDS = ("image/png", "image/svg+xml", "text/markdown", "text/plain")

Output = dict[str, Any]


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook with its outputs made anew, reduced to what is stable. Raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    timeouts = {"timeout": CELL_TIMEOUT, "startup_timeout": STARTUP_TIMEOUT, "iopub_timeout": OUTPUT_TIMEOUT, "raise_on_iopub_timeout": True}
    client = NotebookClient(notebook, kernel_name=notebook.metadata.kernelspec.name, resources={"metadata": {"path": str(FOLDER)}}, record_timing=False, **timeouts)
    client.execute()
    notebook.metadata = {key: notebook.metadata[key] for key in ("kernelspec", "language_info")}
    notebook.metadata.language_info = {"name": notebook.metadata.kernelspec.language}
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [reduced(output) for output in merged(cell.outputs)]
    return notebook


def merged(outputs: list[Output]) -> list[Output]:
    """Streams that were cut by chance, joined."""
    joined: list[Output] = []
    for output in outputs:
        if joined and output["output_type"] == "stream" and joined[-1].get("name") == output["name"]:
            joined[-1]["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def reduced(output: Output) -> Output:
    """The output in one kind, without what differs between machines."""
    if "data" not in output:
        return output
    kind = next((kind for kind in KINDS if kind in output["data"]), None)
    output["data"] = {} if kind is None else {kind: output["data"][kind]}
    output["metadata"] = {}
    return output


def comparable(notebook: nbformat.NotebookNode) -> list[str]:
    """Sources and outputs as lines; of an image, that it is there."""
    lines: list[str] = []
    for number, cell in enumerate(notebook.cells):
        lines += [f"== cell {number}", *cell.source.splitlines()]
        for output in cell.get("outputs", []):
            shown = dict(output)
            if "data" in shown:
                shown["data"] = {kind: "(image)" if kind.startswith("image/") else content for kind, content in shown["data"].items()}
            lines.append(json.dumps(shown, ensure_ascii=False, sort_keys=True))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true")
    mode.add_argument("--discard", action="store_true")
    parser.add_argument("notebooks", nargs="*", type=Path)
    options = parser.parse_args()
    failed = False
    for path in options.notebooks or sorted(FOLDER.glob("*.ipynb")):
        try:
            notebook = executed(path)
        except CellExecutionError as error:
            print(f"FAILED   {path.name}\n{error}")
            failed = True
            continue
        if options.check:
            before, now = comparable(nbformat.read(path, as_version=4)), comparable(notebook)
            failed |= before != now
            print(f"{'same' if before == now else 'DIFFERS':8} {path.name}")
            print("\n".join(difflib.unified_diff(before, now, "committed", "executed", n=0, lineterm="")), end="" if before == now else "\n")
        elif options.discard:
            print(f"ran      {path.name}")
        else:
            nbformat.write(notebook, path)
            print(f"written  {path.name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
