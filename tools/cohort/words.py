"""Words for invented records: places, names and examiners that exist nowhere, put together for their sound."""

from __future__ import annotations

PLACES = (
    ("LIMEN", "Limen"), ("VELDRA", "Veldra"), ("KORMESH", "Kormesh"),
)  # fmt: skip
SITES = (
    "north bank", "mill yard", "school cellar", "lower road", "orchard", "rail cutting", "quay",
    "chapel field",
)  # fmt: skip
TOWNS = (
    "Limen", "Veldra", "Kormesh", "Tavrosk", "Ostanel", "Brimovar", "Sedelvar",
)  # fmt: skip
GIVEN = {
    "female": (
        "Oresta", "Velina", "Marisha", "Tamira", "Yelka", "Daryna", "Solvena", "Irvana", "Nadelya", "Zorina",
        "Katria", "Milevka", "Ruslava", "Elisha", "Havryla", "Adjowe", "Nomira", "Ilena", "Sanara", "Luvena",
        "Amarela",
    ),
    "male": (
        "Ostrem", "Danko", "Vasyr", "Milodar", "Taren", "Yarek", "Levko", "Andrush", "Borysh", "Zakhar",
        "Petrush", "Stefko", "Hordan", "Ivor", "Radym", "Kofar", "Jiroan", "Temuren", "Sabrel", "Idrim",
        "Maksen", "Okello-Ven", "Pavlen", "Nazir-Tem", "Olvek", "Rustan",
    ),
}  # fmt: skip
FAMILY = (
    "Velmarych", "Tavrosh", "Kestrin", "Ostapel", "Moravchen", "Zhuralin", "Sheldrak", "Brovarin",
    "Khalymor", "Yarovesh", "Drahomel", "Lisovyk-Tar", "Petrelin", "Hnativar", "Sorokesh", "Chorvanel",
    "Verbytor", "Kolodesh", "Myronesk", "Tymorak", "Stelmarin", "Zavodesh", "Rudnemar", "Polyvesh",
    "Havrelin", "Dubrovesk", "Shpakovel", "Ivasykor", "Olendarych", "Krynesh", "Marchuvel", "Nestorel",
    "Pylypkar", "Tkachemor", "Bondarel", "Vyshnesk", "Zelenkor", "Adewelin", "Tomakesh", "Lin-Oresh",
    "Haradune", "Mbelaro", "Suvantel", "Quenoral", "Idrissel",
)  # fmt: skip
BODY_MARKS = (
    "Appendix scar", "Tattoo of a swallow, right forearm", "Healed fracture, left wrist",
    "Tattoo of three waves, left shoulder", "Missing tip of the right ring finger", "Scar on the right knee",
    "Tattoo of a compass, left forearm",
)  # fmt: skip
EFFECTS = (
    "Steel wristwatch, cracked glass", "Plain silver ring", "House key on a red cord",
    "Wooden cross on a thread", "Pocket knife with a horn handle", "Brass lighter",
    "Reading glasses, one arm mended with wire", "Child's drawing in a plastic cover", "Knitted blue scarf",
    "Leather belt, hand-stitched", "Small medal of a saint", "Amber pendant", "Bicycle lamp",
    "Notebook with a green cover", "Bracelet of red beads",
)  # fmt: skip
GIVERS = (
    "sister", "brother", "neighbour", "friend", "cousin",
)  # fmt: skip
EXAMINERS = (
    "Dr. T. Ostrevel", "Dr. L. Marqueny", "Dr. H. Sendrak",
)  # fmt: skip
