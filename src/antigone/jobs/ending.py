"""Whether this process was asked to end; work that runs in it looks here between two steps."""

from __future__ import annotations

import threading

asked = threading.Event()
