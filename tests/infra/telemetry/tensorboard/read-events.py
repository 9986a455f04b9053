"""What TensorBoard itself finds in a folder, as JSON: {"scalars": {tag: [[step, wall time, value], ...]}, "descriptions": {tag: text}}."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

folder, file = sys.argv[1:]
accumulator = EventAccumulator(folder, size_guidance={"scalars": 0}, purge_orphaned_data=False)
accumulator.Reload()
scalars = {tag: [[event.step, event.wall_time, event.value] for event in accumulator.Scalars(tag)] for tag in accumulator.Tags()["scalars"]}
descriptions = {}
for event in EventFileLoader(file).Load():
    for value in event.summary.value:
        descriptions.setdefault(value.tag, value.metadata.summary_description)
json.dump({"scalars": scalars, "descriptions": descriptions}, sys.stdout)
