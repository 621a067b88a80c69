"""Rewrites the table of actions in docs/ledger.md: `python -m antigone.ledger docs/ledger.md`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

BEGIN = "<!-- actions: written by python -m antigone.ledger docs/ledger.md -->\n"
END = "<!-- end of actions -->\n"


def with_table(document: str, table: str) -> str:
    """The document with this table between its two marks; raises ValueError where a mark is missing."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the document has no place marked for the table of actions")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def main(document: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antigone.site.settings")
    import django

    django.setup()
    from antigone.ledger import actions

    document.write_text(with_table(document.read_text(encoding="utf-8"), actions.table()), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m antigone.ledger docs/ledger.md")
    main(Path(sys.argv[1]))
