"""docs/ledger.md: the script that it gives other agencies works, and the table is written where it belongs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from antigone.instance import Instance
from antigone.ledger.__main__ import BEGIN, END, with_table
from antigone.ledger.models import Entry
from antigone.ledger.note import SigningKey
from antigone.ledger.services import inclusion, record, recorded, redact_payloads, verifier_key

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"


def test_the_script_for_other_agencies_proves_and_refuses(ledger: Instance, tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    script = tmp_path / "check.py"
    script.write_text(found[1], encoding="utf-8")

    def check(proof: dict[str, object], key: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
        command = [sys.executable, str(script), str(tmp_path / "proof.json"), key]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    for number in range(3):
        with recorded():
            record("test:thing:tell", actor="operator:1", object=f"thing:{number}", what="Олена")
    redact_payloads("thing:2")
    size = str(Entry.objects.count())
    for about in ("thing:0", "thing:2"):
        done = check(inclusion(Entry.objects.filter(object=about)[0]), verifier_key())
        assert (done.returncode, done.stdout.strip()) == (0, size), done.stderr
    proof = inclusion(Entry.objects.get(object="thing:1"))
    assert check(proof, str(SigningKey.generate(verifier_key().split("+")[0]).verifier)).returncode != 0
    for bent in ({"index": 0}, {"hashes": proof["hashes"][1:]}, {"entry": proof["entry"] | {"actor": "operator:2"}}):
        assert check(proof | bent, verifier_key()).returncode != 0


def test_the_table_is_written_between_its_marks() -> None:
    document = f"before\n{BEGIN}old\n{END}after\n"
    written = with_table(document, "| new |\n")
    assert written == f"before\n{BEGIN}\n| new |\n\n{END}after\n"
    assert with_table(written, "| new |\n") == written
    for broken in ("before\n", f"{BEGIN}old\n", f"old\n{END}"):
        with pytest.raises(ValueError, match="marked"):
            with_table(broken, "| new |\n")
