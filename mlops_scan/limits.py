"""A limit on the memory that this process takes, by what its system offers.

Linux refuses what is over it; Windows does for a job (https://learn.microsoft.com/windows/win32/procthread/job-objects),
of all that the process takes. macOS heeds none of its limits: there a thread looks at what is in use, and ends the
process; what code in C takes before it lets the thread look is not held back.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time

_OFTEN = 0.05
_KILO = 1 if sys.platform == "darwin" else 1024


def memory(extra: int) -> None:
    """Let this process take so many bytes more than are in use; where the system cannot say so, there is no limit."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        if sys.platform == "linux":
            _refused(extra)
        elif sys.platform == "win32":
            _by_job(extra)
        else:
            watched(extra)


def _refused(extra: int) -> None:
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no need of pathlib here
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, resource.getrlimit(resource.RLIMIT_AS)[1]))


def watched(extra: int) -> None:
    """End this process, from a thread, once it has taken so many bytes more than now."""
    most = _peak() + extra

    def look() -> None:
        while _peak() <= most:
            time.sleep(_OFTEN)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMIT, _PROCESS_MEMORY = 9, 0x100

    class _Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("per_process_time", ctypes.c_int64),
            ("per_job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def _by_job(most: int) -> None:
        """Put this process into a job whose processes take no more than so many bytes."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        limits = _Extended(basic=_Basic(flags=_PROCESS_MEMORY), process_memory=most)
        job = kernel.CreateJobObjectW(None, None)
        if kernel.SetInformationJobObject(job, _EXTENDED_LIMIT, ctypes.byref(limits), ctypes.sizeof(limits)):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
