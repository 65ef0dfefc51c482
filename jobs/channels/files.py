"""Messages as files, for installations that send nothing yet."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by the operator alone; it survives a power cut."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    descriptor = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """The new name survives too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
