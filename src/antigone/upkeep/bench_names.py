"""Invented names and places, drawn by a seed, in Latin, Cyrillic and Arabic letters: of nobody who lived."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_LATIN = ("ba", "ca", "de", "do", "el", "fa", "ga", "hi", "ja", "ka", "le", "lo", "mi", "na", "no", "or", "pe", "ra",
          "ri", "sa", "so", "ta", "te", "u", "va", "vi", "wa", "ye", "za", "zo")  # fmt: skip
_CYRILLIC = ("ба", "ва", "га", "де", "до", "же", "за", "и", "ка", "ко", "ла", "ле", "ма", "ми", "на", "но", "о", "пе",
             "ра", "ро", "са", "сі", "та", "ту", "фе", "ха", "це", "ша", "я", "ю")  # fmt: skip
_ARABIC = ("با", "تا", "جا", "حا", "دا", "را", "زي", "سا", "شا", "صا", "طا", "عا", "غا", "فا", "قا", "كا", "لا", "ما",
           "نا", "ها", "وا", "يا", "مي", "ني")  # fmt: skip
_ENDINGS = {
    "Latn": ("r", "n", "sk", "ldt", "ster", "vic", "man", "th"),
    "Cyrl": ("нко", "ський", "ук", "ов", "ин", "ич", "ан", "юк"),
    "Arab": ("ن", "ر", "ي", "د", "م", "ل"),
}
_PARTS = {"Latn": _LATIN, "Cyrl": _CYRILLIC, "Arab": _ARABIC}
SCRIPTS = tuple(_PARTS)
_PLACES = ("quay", "mill yard", "orchard", "north bank", "rail cutting", "school cellar", "lower road", "chapel field")


@dataclass(frozen=True)
class Name:
    """A full name, and the script that it is in."""

    full: str
    script: str


class Namer:
    """Draws names; as many given and family names as a country has, so that many bear the same."""

    def __init__(self, seed: int) -> None:
        self._drawn = Random(seed)  # noqa: S311 (invented names, not secrets)
        self._given = {script: [self._word(script, 2) for _number in range(400)] for script in SCRIPTS}
        self._family = {
            script: [self._word(script, 3) + self._drawn.choice(_ENDINGS[script]) for _number in range(6000)]
            for script in SCRIPTS
        }

    def name(self) -> Name:
        script = self._drawn.choices(SCRIPTS, (5, 4, 1))[0]
        given, family = self._drawn.choice(self._given[script]), self._drawn.choice(self._family[script])
        return Name(f"{given.capitalize()} {family.capitalize()}", script)

    def place(self) -> str:
        return f"{self._drawn.choice(self._given['Latn']).capitalize()}, {self._drawn.choice(_PLACES)}"

    def _word(self, script: str, parts: int) -> str:
        return "".join(self._drawn.choices(_PARTS[script], k=parts))
