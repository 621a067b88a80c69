"""Django's own checks for a site that is open to a network find nothing to say."""

from __future__ import annotations

import os
import subprocess
import sys

from antigone.instance import Instance


def test_the_checks_for_deployment_are_clean_over_https(instance: Instance) -> None:
    settings = instance.root / "antigone.toml"
    text = settings.read_text(encoding="utf-8")
    assert "[serve]" in text
    settings.write_text(text.replace("[serve]", "[serve]\nhttps = true", 1), encoding="utf-8")
    env = {**os.environ, "ANTIGONE_INSTANCE": str(instance.root), "DJANGO_SETTINGS_MODULE": "antigone.site.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        env=env, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
