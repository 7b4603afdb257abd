"""A run that does not end by itself: `python -m tests.sinks.endless FILM [BYTES]`.

Records a film, and a table beside it, and tells the time of each frame that has been
recorded. BYTES is the most that a file may hold: a full disk.
"""

import sys
from itertools import count
from pathlib import Path

import numpy as np

from livemask.errors import LivemaskError
from livemask.pipeline import Pipeline, Slot
from livemask.signals import stop_on_signals
from livemask.sinks import csv, recorder
from tests.sinks.faces import make_fit, make_model
from tests.sinks.films import output

NOISE = np.random.default_rng(0).integers(0, 256, (60, 120, 160, 3), dtype=np.uint8)


def run(file):
    indices, fits, model = count(), (make_fit(),), make_model()

    def read():
        i = next(indices)
        return output(NOISE[i % 60], i / 30, i, fits, model)

    def record(value):
        film.send(value)
        sys.stdout.write(f"{value.time}\n")
        sys.stdout.flush()

    film, table = recorder.create(file), csv.create(file.with_suffix(".csv"))
    pipeline = Pipeline()
    to_film, to_table = Slot(film.capacity, True), Slot(table.capacity, True)
    pipeline.stage("read", read, targets=[to_film, to_table])
    pipeline.stage("record", record, to_film, close=film.close)
    pipeline.stage("csv", table.send, to_table, close=table.close)
    with stop_on_signals(pipeline.stop):
        pipeline.run_until_done()


def limit_files(size):
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        limit_files(int(sys.argv[2]))
    try:
        run(Path(sys.argv[1]))
    except LivemaskError as error:
        sys.exit(f"{type(error).__name__}: {error}")
