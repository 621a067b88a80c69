"""How quick reading faces is: decode, detect, align, weigh, encode and the whole, beside a peer and a bound."""

from __future__ import annotations

import functools
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from antigone.evaluation.bench_faces_bound import Peak, multiply_adds
from antigone.evaluation.bench_faces_peer import Peer, PeerUnavailable
from antigone.evaluation.surroundings import machine, software, today
from antigone.faces import FaceEngine, ModelStore, models
from antigone.imaging import ImageRefused, decode

Progress = Callable[[str], None]

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic")
PASSES = 5
BARS = {"turns_always": 4.5, "as_shipped": 6.0, "encoder_over_bound": 1.5}
"""Images a second against face_recognition's, at least; the encoder's time over its bound, at most."""


def run(
    images: Path,
    peers: bool = False,
    threads: int = 1,
    limit: int | None = 200,
    progress: Progress | None = None,
    passes: int = PASSES,
) -> dict[str, Any]:
    """Time every stage on the pictures under `images` (at most `limit` of them, spread evenly by name).

    Stages run on one thread; `whole` runs from bytes to templates on `threads`, with four turns always and as
    shipped (turns as needed), and the peer on the same pictures with as many processes. Everything runs once
    in each of `passes` passes, in turn, so that a busy moment falls on all alike; medians are given, in CPU
    milliseconds an image and images a second of elapsed time. Raises ValueError when no picture can be used.
    """
    say = progress or (lambda line: None)
    files = _spread(sorted(path for path in images.rglob("*") if path.suffix.lower() in SUFFIXES), limit)
    store = ModelStore.default()
    models.install(store=store, progress=say)
    usable, pictures = _usable(files)
    if not usable:
        raise ValueError("There is no picture in that folder that can be used.")
    say(f"{len(usable)} pictures, {passes} passes, {threads} thread{'s' if threads > 1 else ''}")
    one = FaceEngine(store, threads=1)
    always_one = FaceEngine(store, threads=1, turns="always")
    many = {
        "as_shipped": FaceEngine(store, threads=threads),
        "turns_always": FaceEngine(store, threads=threads, turns="always"),
    }
    decoded = [decode(data).pixels for data in pictures]
    found = [one.detect(pixels) for pixels in decoded]
    with_face = [(pixels, faces) for pixels, faces in zip(decoded, found, strict=True) if faces]
    if not with_face:
        raise ValueError("There is no picture in that folder with a face that was found.")
    crops = np.stack([one.align(pixels, faces[0]) for pixels, faces in with_face])
    batch = store.card(one.options.recogniser).batch
    # Whole batches alone: the filling of a last one is no face's time.
    batches = np.resize(crops, (max(batch, len(crops) // batch * batch), *crops.shape[1:]))
    stages: dict[str, Callable[[], object]] = {
        "decode": lambda: [decode(data) for data in pictures],
        "detect": lambda: [one.detect(pixels) for pixels in decoded],
        "detect_turns_always": lambda: [always_one.detect(pixels) for pixels in decoded],
        "align": lambda: [one.align(pixels, faces[0]) for pixels, faces in with_face],
        "quality": lambda: [one.quality(pixels, faces[0], faces) for pixels, faces in with_face],
        "encode": lambda: [one.encode(batches[at : at + batch]) for at in range(0, len(batches), batch)],
    }
    items = list(enumerate(pictures))
    wholes: dict[str, Callable[[], object]] = {
        name: functools.partial(_read_all, engine, items) for name, engine in many.items()
    }
    counts = {"align": len(crops), "quality": len(crops), "encode": len(batches)}
    timings: dict[str, list[tuple[float, float]]] = {name: [] for name in (*stages, *wholes, "peer")}
    peak = Peak()
    peer, why = _peer(usable, threads, say) if peers else (None, "")
    try:
        for work in (*stages.values(), *wholes.values()):
            work()  # compile and warm
        for number in range(passes):
            say(f"pass {number + 1} of {passes}")
            peak.measure()
            for name, work in {**stages, **wholes}.items():
                timings[name].append(_time(work))
            if peer is not None:
                answer = peer.run_pass()
                timings["peer"].append((answer["wall"], answer["cpu"]))
    finally:
        if peer is not None:
            peer.__exit__(None, None, None)
    result: dict[str, Any] = {
        "date": today(),
        "images": len(usable),
        "faces_found": len(with_face),
        "passes": passes,
        "machine": machine(threads),
        "software": software(),
        "stages": {name: _summary(timings[name], counts.get(name, len(usable))) for name in stages},
        "whole": {name: _summary(timings[name], len(usable)) for name in wholes},
    }
    result["encoder"] = _encoder(store, one, peak, result["stages"]["encode"]["cpu_ms"])
    result["detector"] = one.options.detector
    if peer is not None:
        result["peers"] = {"face_recognition": _summary(timings["peer"], len(usable))}
        base = [wall for wall, _ in timings["peer"]]
        result["times_face_recognition"] = {
            # Pass by pass, both having run in the same minute.
            name: statistics.median(theirs / ours for theirs, (ours, _) in zip(base, timings[name], strict=True))
            for name in wholes
        }
    elif peers:
        result["peers"] = {"face_recognition": {"unavailable": why}}
    result["bars"] = _bars(result)
    return result


def render_text(result: dict[str, Any]) -> str:
    """The result as a table for a terminal."""
    where = result["machine"]
    lines = [
        f"{result['images']} pictures ({result['faces_found']} with a face), median of {result['passes']} passes, "
        f"{where['cpu']}, {where['threads']} thread(s)",
        "",
        f"  {'':34}{'CPU ms':>9}{'images/s':>11}",
    ]
    names = {
        "decode": "decode",
        "detect": "detect (turns as needed)",
        "detect_turns_always": "detect (four turns always)",
        "align": "align",
        "quality": "quality",
        "encode": "encode (batches)",
        "as_shipped": "whole, as shipped",
        "turns_always": "whole, four turns always",
    }
    rows = {**result["stages"], **result["whole"]}
    lines += [f"  {names[name]:34}{row['cpu_ms']:9.2f}{row['images_per_s']:11.1f}" for name, row in rows.items()]
    for name, row in result.get("peers", {}).items():
        if "unavailable" in row:
            lines.append(f"  {name}: {row['unavailable']}")
        else:
            lines.append(f"  {name:34}{row['cpu_ms']:9.2f}{row['images_per_s']:11.1f}")
    encoder = result["encoder"]
    lines += [
        "",
        f"  encoder {encoder['model']}: {encoder['multiply_adds'] / 1e9:.3f} G multiply-adds a face; "
        f"peak of one core {encoder['peak_gflops']:.0f} GFLOP/s;",
        f"  bound {encoder['bound_ms']:.2f} ms, measured {encoder['ms']:.2f} ms: {encoder['over_bound']:.2f} times it",
    ]
    for name, times in result.get("times_face_recognition", {}).items():
        lines.append(f"  {names[name]}: {times:.1f} times face_recognition's images a second")
    lines.append("")
    lines += [f"  {'met' if bar['met'] else 'NOT MET'}: {bar['bar']}" for bar in result["bars"]]
    lines.append("  Speed only. LFW and its like are photographs of the living; nothing here speaks of the dead.")
    return "\n".join(lines)


def _read_all(engine: FaceEngine, items: list[tuple[int, bytes]]) -> int:
    return sum(1 for _ in engine.read_many(items))


def _spread(files: list[Path], limit: int | None) -> list[Path]:
    if limit is None or len(files) <= limit:
        return files
    return [files[index * len(files) // limit] for index in range(limit)]


def _usable(files: Iterable[Path]) -> tuple[list[Path], list[bytes]]:
    """The files that decode, and their bytes: both engines get the same, so refusals are left out."""
    kept: list[Path] = []
    pictures: list[bytes] = []
    for path in files:
        try:
            data = path.read_bytes()
            decode(data)
        except (ImageRefused, OSError):
            continue
        kept.append(path)
        pictures.append(data)
    return kept, pictures


def _time(work: Callable[[], object]) -> tuple[float, float]:
    """Elapsed and CPU seconds of this process, all threads counted."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _summary(timings: list[tuple[float, float]], count: int) -> dict[str, float]:
    return {
        "cpu_ms": statistics.median(cpu for _, cpu in timings) / count * 1e3,
        "images_per_s": count / statistics.median(wall for wall, _ in timings),
    }


def _encoder(store: ModelStore, engine: FaceEngine, peak: Peak, ms: float) -> dict[str, Any]:
    model = engine.options.recogniser
    operations = multiply_adds(store, model)
    bound = 2 * operations / (peak.best * 1e9) * 1e3
    return {
        "model": model,
        "multiply_adds": operations,
        "peak_gflops": peak.best,
        "peak_by_kernel": dict(peak.by_kernel),
        "bound_ms": bound,
        "ms": ms,
        "over_bound": ms / bound,
    }


def _peer(files: list[Path], threads: int, say: Progress) -> tuple[Peer | None, str]:
    try:
        return Peer(files, threads, say), ""
    except PeerUnavailable as error:
        say(str(error))
        return None, str(error)


def _bars(result: dict[str, Any]) -> list[dict[str, Any]]:
    over = result["encoder"]["over_bound"]
    bars = [
        {
            "bar": f"encoder within {BARS['encoder_over_bound']} of its bound ({over:.2f})",
            "met": over <= BARS["encoder_over_bound"],
        }
    ]
    for name, times in result.get("times_face_recognition", {}).items():
        bars.append(
            {
                "bar": f"{BARS[name]} times face_recognition's images a second, {name.replace('_', ' ')} ({times:.1f})",
                "met": times >= BARS[name],
            }
        )
    return bars
