"""The machine: system, processor, memory."""

import ctypes
import importlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from livemask.doctor.finding import Facts, Finding, State
from livemask.doctor.system import System

_TOLD = ("sse4.2", "avx", "avx2", "fma", "f16c", "avx512f", "neon", "sve")
_LEAST_MEMORY = 1.0  # GB: what a run takes at most, with room


def examine(system: System) -> Iterator[Finding]:
    """Tell what the machine is."""
    yield Finding("system", State.OK, f"{system.name}, {platform.release()}, {platform.machine()}")
    cores, name = _cores(), _processor()
    facts: Facts = {"name": name, "cores": cores}
    if cores >= 2:
        yield Finding("processor", State.OK, f"{name}, {cores} cores", facts=facts)
    else:
        text = f"{name}, one core: the stages stand in each other's way"
        yield Finding("processor", State.WARNING, text, facts=facts)
    yield _instructions()
    yield _memory()


def _cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _processor() -> str:
    if sys.platform == "darwin":
        return _answer("sysctl", "-n", "machdep.cpu.brand_string")
    lines = _lines("/proc/cpuinfo")
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def _instructions() -> Finding:
    """Tell which instructions numba compiles for."""
    binding = importlib.import_module("llvmlite.binding")
    name, has = binding.get_host_cpu_name(), binding.get_host_cpu_features()
    sets = " ".join(feature for feature in _TOLD if has.get(feature))
    facts = {"numba_target": name, "sets": sets}
    return Finding("instructions", State.OK, f"{sets or 'basic'} (numba: {name})", facts=facts)


def _memory() -> Finding:
    total, free = _bytes_of_memory()
    if not total:
        return Finding("memory", State.NOTE, "the system does not tell")
    facts: Facts = {"total_gb": round(total / 1e9, 1), "free_gb": round(free / 1e9, 1)}
    text = f"{facts['total_gb']} GB, {facts['free_gb']} GB free"
    if free / 1e9 < _LEAST_MEMORY:
        return Finding("memory", State.WARNING, text, "close other programs", facts=facts)
    return Finding("memory", State.OK, text, facts=facts)


def _bytes_of_memory() -> tuple[int, int]:
    """Return how much memory there is and how much of it is free; 0 where it is not told."""
    if sys.platform == "win32":
        return _windows_memory()
    if sys.platform == "darwin":
        total = int(_answer("sysctl", "-n", "hw.memsize") or 0)
        return total, total  # macOS makes room when asked
    told = dict(line.split(":", 1) for line in _lines("/proc/meminfo") if ":" in line)
    kilobytes = [int(told.get(key, "0 kB").split()[0]) for key in ("MemTotal", "MemAvailable")]
    return kilobytes[0] * 1024, kilobytes[1] * 1024


def _windows_memory() -> tuple[int, int]:
    """Ask as in Microsoft's documentation of MEMORYSTATUSEX."""
    fields = (ctypes.c_uint64 * 8)()  # two 32-bit ones: length and load; total; free; ...
    ctypes.cast(fields, ctypes.POINTER(ctypes.c_uint32))[0] = ctypes.sizeof(fields)
    library = getattr(ctypes, "windll", None)
    done = library and library.kernel32.GlobalMemoryStatusEx(ctypes.byref(fields))
    return (fields[1], fields[2]) if done else (0, 0)


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text("utf-8", "replace").splitlines() if path.is_file() else []


def _answer(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    return done.stdout.strip()
