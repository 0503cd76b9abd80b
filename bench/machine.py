"""What the system says of a process and of the machine. Linux; elsewhere the figures are missing."""

import os
import platform
from pathlib import Path


def cpu_ms(pid: int) -> float | None:
    """Processor time of a process so far, all its threads, in milliseconds."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float | None:
    """The most memory that a process ever had (VmHWM)."""
    peak = _field(Path(f"/proc/{pid}/status"), "VmHWM")
    return int(peak.split()[0]) / 1024 if peak else None


def machine() -> str:
    """One line on what was measured on."""
    model = _field(Path("/proc/cpuinfo"), "model name") or platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({model}), {system}{load}"


def _field(file: Path, name: str) -> str | None:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.partition(":")[0].strip() == name), None)
