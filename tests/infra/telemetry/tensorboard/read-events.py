"""What TensorBoard itself finds in a folder, as JSON: {"scalars": {tag: [[step, wall time, value], ...]}}."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

accumulator = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0}, purge_orphaned_data=False)
accumulator.Reload()
scalars = {tag: [[event.step, event.wall_time, event.value] for event in accumulator.Scalars(tag)] for tag in accumulator.Tags()["scalars"]}
json.dump({"scalars": scalars}, sys.stdout)
