"""The invented records: who was reported missing, what was noted of the dead, and the truth that joins them."""

from __future__ import annotations

import argparse
import csv
import datetime
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import words
from identity import MISSING, PEOPLE, Person
from looks import portraits
from people import person

MANIFEST = ("person_ref", "file", "name", "name_native", "sex", "birth_date", "stature_cm", "marks", "effects",
            "last_seen_on", "last_seen_place", "given_by")  # fmt: skip
REMAINS = (
    "code", "file", "place", "recovered_on", "attested_by", "sex_estimated", "age_low", "age_high",
    "stature_low", "stature_high", "marks", "effects",
)  # fmt: skip
TRUTH = ("code", "person_ref")


_PAIRS = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("ya", "я"), ("yu", "ю"),
    ("ye", "є"), ("yi", "ї"),
)  # fmt: skip
_SINGLE = dict(zip("abvhgdezyijklmnoprstufqwx", "абвгґдезиійклмнопрстуфквх", strict=True))


def cyrillic(name: str) -> str:
    """The name in Ukrainian letters, by the usual transliteration read backwards."""
    done = []
    for word in name.lower().split(" "):
        out, i = "", 0
        while i < len(word):
            for pair, letter in _PAIRS:
                if word.startswith(pair, i):
                    out, i = out + letter, i + len(pair)
                    break
            else:
                out, i = out + _SINGLE.get(word[i], word[i]), i + 1
        done.append("-".join(part[:1].upper() + part[1:] for part in out.split("-")))
    return " ".join(done)


def _codes() -> list[str]:
    r = random.Random(90_210)
    codes = []
    for (place, _), count in zip(words.PLACES, (24, 20, 16), strict=True):
        teams = {"A": (count + 1) // 2, "B": count // 2}
        codes += [f"{place}-{team}-{number:03d}" for team, size in teams.items() for number in range(1, size + 1)]
    r.shuffle(codes)
    return codes


_CODES = _codes()


def code_of(index: int) -> str:
    """The body's code of person `index`; the order tells nothing of who it is."""
    return _CODES[index]


def _body(who: Person) -> tuple[list[str], list[str]]:
    """Marks and effects that both records can know of."""
    r = random.Random(who.seed + 61)
    marks = [mark.words for mark in who.marks]
    if r.random() < 0.35:
        marks.append(r.choice(words.BODY_MARKS))
    return marks, r.sample(words.EFFECTS, r.choice((0, 1, 1, 2)))


def _giver(who: Person) -> str:
    possible = list(words.GIVERS)
    possible += ["mother", "father", "aunt"] if who.age < 48 else []
    possible += ["daughter", "son"] if who.age > 40 else []
    possible += ["wife" if who.sex == "male" else "husband"] if who.age > 23 else []
    return random.Random(who.seed + 66).choice(possible)


def _last_seen(who: Person) -> datetime.date:
    return datetime.date(2024, 9, 3) + datetime.timedelta(days=random.Random(who.seed + 62).randrange(0, 330))


def names() -> dict[int, str]:
    """A name for each of the missing, no two alike."""
    r = random.Random(4_711)
    family = r.sample(words.FAMILY, MISSING)
    given = {sex: r.sample(words.GIVEN[sex], len(words.GIVEN[sex])) for sex in words.GIVEN}
    found = {}
    for index in range(MISSING):
        pool = given[person(index).sex]
        found[index] = f"{pool[index % len(pool)]} {family[index]}"
    return found


def manifest_rows() -> list[dict[str, object]]:
    called = names()
    rows = []
    for index in range(MISSING):
        who = person(index)
        r = random.Random(who.seed + 63)
        seen = _last_seen(who)
        born = seen - datetime.timedelta(days=int(who.age * 365.25) + r.randrange(5, 355))
        precise = r.random()
        birth = born.isoformat() if precise < 0.72 else born.isoformat()[:7] if precise < 0.86 else str(born.year)
        marks, effects = _body(who)
        for look in portraits(who):
            rows.append({
                "person_ref": who.ref, "file": f"portraits/{who.ref}/{look.name}.jpg", "name": called[index],
                "name_native": cyrillic(called[index]) if random.Random(who.seed + 64).random() < 0.8 else "",
                "sex": who.sex, "birth_date": birth, "stature_cm": who.stature, "marks": "; ".join(marks),
                "effects": "; ".join(effects), "last_seen_on": seen.isoformat(),
                "last_seen_place": random.Random(who.seed + 65).choice(words.TOWNS),
                "given_by": _giver(who),
            })  # fmt: skip
    return rows


def remains_rows() -> list[dict[str, object]]:
    rows = []
    for code, index in sorted((code_of(index), index) for index in range(PEOPLE)):
        who = person(index)
        r = random.Random(who.seed + 67)
        place = next(name for prefix, name in words.PLACES if code.startswith(prefix))
        found = _last_seen(who) + datetime.timedelta(days=r.randrange(25, 300))
        marks, effects = _body(who)
        noted = [mark for mark in marks if r.random() < 0.85]
        kept = [effect for effect in effects if r.random() < 0.7]
        below, above = r.randrange(3, 11), r.randrange(3, 11)
        shorter, taller = r.randrange(2, 6), r.randrange(2, 6)
        where = r.choice(words.SITES)
        for number in (1, 2):
            rows.append({
                "code": code, "file": f"photographs/{code}/{number}.jpg", "place": f"{place}, {where}",
                "recovered_on": found.isoformat(), "attested_by": words.EXAMINERS[sum(map(ord, code)) % 3],
                "sex_estimated": "unknown" if who.index % 11 == 5 else who.sex,
                "age_low": max(18, who.age - below), "age_high": who.age + above, "stature_low": who.stature - shorter,
                "stature_high": who.stature + taller, "marks": "; ".join(noted), "effects": "; ".join(kept),
            })  # fmt: skip
    return rows


def truth_rows() -> list[dict[str, object]]:
    pairs = sorted((code_of(index), person(index).ref) for index in range(PEOPLE))
    return [{"code": code, "person_ref": ref} for code, ref in pairs]


def write(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in (("manifest", MANIFEST, manifest_rows()), ("remains", REMAINS, remains_rows()),
                                ("truth", TRUTH, truth_rows())):  # fmt: skip
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write manifest.csv, remains.csv and truth.csv.")
    parser.add_argument("--out", type=Path, required=True)
    write(parser.parse_args().out)
