"""Reading a plug-in's file without importing it."""

import ast
import gc
import threading
import time
from contextlib import suppress

import pytest

from livemask.plugins import syntax


def test_a_file_is_parsed_although_another_thread_parses_all_the_time(tmp_path):
    done = threading.Event()

    def disturb():
        while not done.is_set():
            with suppress(SystemError):  # the fault itself
                ast.parse("f(a, b[1:2], c=lambda x: (x, -x))\n" * 5)

    def give_way(*_):  # a collection may run Python, and so another thread, amid the parsing
        if threading.current_thread() is threading.main_thread():
            time.sleep(0.001)

    usual = gc.get_threshold()
    gc.set_threshold(50)
    gc.callbacks.append(give_way)
    others = [threading.Thread(target=disturb) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for number in range(60):
            file = tmp_path / f"mask{number}.py"
            file.write_text("def create(size=3):\n    return [size, (size, {size: 1})]\n" * 10)
            assert syntax.creator(syntax.parsed(file)) is not None
    finally:
        gc.callbacks.remove(give_way)
        gc.set_threshold(*usual)
        done.set()
        for other in others:
            other.join()


def test_memory_is_collected_again_after_a_file_that_is_no_python(tmp_path):
    file = tmp_path / "mask.py"
    file.write_text("def create(:")
    with pytest.raises(SyntaxError):
        syntax.parsed(file)
    assert gc.isenabled()
