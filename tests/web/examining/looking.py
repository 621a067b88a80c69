"""People of a world before the pages of examinations, and pages with what is one's own taken out of them."""

from __future__ import annotations

import re
from uuid import UUID

from django.test import Client
from django.urls import reverse

from antigone.casework.models import Comparison
from antigone.missing.models import Portrait
from antigone.remains.models import Photograph
from tests.casework.blind_world import World

FACE = {"landmarks": [[8.0, 10.0], [16.0, 10.0], [12.0, 14.0], [9.0, 18.0], [15.0, 18.0]], "box": [4, 4, 16, 18]}
OWN = re.compile(
    r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrf[^>]*value="[^"]+"|content="[A-Za-z0-9]{64}"|token=[^"&]+'
    r"|\d{1,2} \w+ \d{4}, \d{2}:\d{2}|[0-9a-f]{64}"
)


def with_eyes() -> None:
    """As if the eyes had been found in every picture."""
    Photograph.objects.update(faces=[FACE], chosen=0)
    Portrait.objects.update(face=FACE)


def keys(here: World) -> list[UUID]:
    return list(Comparison.objects.filter(lineup=here.lineup).order_by("pk").values_list("pk", flat=True))


def page(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers or None)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def bare(client: Client, address: str) -> str:
    """A page and its headers, without random keys, tokens, times and digests."""
    answer = client.get(address)
    headers = {name: value for name, value in answer.items() if name not in ("Content-Length", "Set-Cookie")}
    return OWN.sub("", f"{answer.status_code} {sorted(headers.items())} {answer.content.decode()}")


def begun(client: Client, comparison: UUID) -> str:
    """Begin by the list's button; the address of the desk."""
    answer = client.post(reverse("web:examining:begin", args=[comparison]))
    assert answer.status_code == 302
    return str(answer["Location"])


def lifted(client: Client, address: str) -> bytes:
    """Lift a veil as the script does, and fetch the picture that it leads to."""
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    (url,) = re.findall(r'src="([^"]+)"', answer.content.decode())
    picture = client.get(url.replace("&amp;", "&"))
    assert picture.status_code == 200
    assert picture["Cache-Control"] == "no-store"
    return picture.content


def to_comparison(client: Client, comparison: UUID) -> str:
    """Begin, assess, note the ears, close the analysis, and look at the portrait."""
    desk = begun(client, comparison)
    client.post(f"{desk}assess/", {"suitable": "yes"})
    client.post(f"{desk}components/10/", {"c10-seen": "yes", "c10-note": "a long lobe"})
    client.post(f"{desk}close-analysis/")
    lifted(client, f"{desk}portrait/lift/")
    return desk


def to_seal(client: Client, comparison: UUID, level: str) -> str:
    """The whole of it by the pages."""
    desk = to_comparison(client, comparison)
    different = {"c10-verdict": "different", "c10-explanation": "unexplained", "c10-structural": "on"}
    found = different if level == "exclusion" else {"c10-verdict": "alike"}
    client.post(f"{desk}components/10/", {"c10-seen_b": "yes", **found})
    client.post(f"{desk}conclude/", {"level": level, "reasons": "what is seen of the ears"})
    answer = client.post(f"{desk}summary/", {"read": "on"})
    assert answer["Location"] == desk, answer.content.decode()[:400]
    return desk
