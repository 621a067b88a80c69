"""Write the OpenAPI document: `python -m antigone.api docs/openapi.json`; without a file it is printed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def document() -> str:
    """The OpenAPI document as it is kept under docs/."""
    from antigone.api.door import PREFIX
    from antigone.api.urls import api

    schema = api.get_openapi_schema(path_prefix=PREFIX.lstrip("/"))
    return json.dumps(schema, indent=1, ensure_ascii=False, default=str) + "\n"


def main() -> None:
    from antigone.upkeep.opening import point_django_at

    point_django_at(Path(os.devnull) / "no-instance")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(document(), encoding="utf-8")
    else:
        sys.stdout.write(document())


if __name__ == "__main__":
    main()
