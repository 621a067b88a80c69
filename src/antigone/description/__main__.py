"""Rewrites the reference of fields in docs/fields.md: `python -m antigone.description docs/fields.md`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(document: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antigone.site.settings")
    import django

    django.setup()
    from antigone.description import reference

    text = document.read_text(encoding="utf-8")
    document.write_text(reference.with_table(text, reference.table()), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m antigone.description docs/fields.md")
    main(Path(sys.argv[1]))
