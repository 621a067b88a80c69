"""Bytes to safe pixels: bounded decoding, the right way up, with the digest of what was received."""

from __future__ import annotations

from antigone.imaging.decoding import claimed_pixels, decode, load
from antigone.imaging.derivatives import derive
from antigone.imaging.errors import ImageRefused, Reason
from antigone.imaging.limits import Limits
from antigone.imaging.picture import Picture

__all__ = ["ImageRefused", "Limits", "Picture", "Reason", "claimed_pixels", "decode", "derive", "load"]
