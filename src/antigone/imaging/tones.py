"""Any mode of a decoded picture to 8-bit RGB."""

from __future__ import annotations

import numpy as np
from PIL import Image

from antigone.imaging.errors import ImageRefused, Reason
from antigone.imaging.picture import Pixels


def to_rgb(image: Image.Image) -> Pixels:
    """uint8 (h, w, 3) RGB of a loaded picture.

    Transparency is laid on white; 16-bit tones keep their upper byte; CMYK goes through Pillow's plain
    conversion, without a colour profile. Raises ImageRefused for modes whose tones have no known range
    (32-bit integer and floating point), rather than inventing one.
    """
    if image.mode in ("I;16", "I;16B", "I;16L", "I;16N") or (image.mode == "I" and image.format == "PNG"):
        # Pillow's own conversion clips 16 bits at 255.
        grey = (np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.mode in ("I", "F"):
        raise ImageRefused(Reason.UNREADABLE)
    if image.mode in ("RGBA", "RGBa", "LA", "La", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image)
    return np.array(image.convert("RGB"), dtype=np.uint8)
