"""Regions and sides of the body, and bones: the closed lists on which a mark told and a mark found can meet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import Choices

# As evidence.secondary has them; a place without a side has none here.
SIDES: Choices = (
    ("left", pgettext_lazy("side", "left")),
    ("right", pgettext_lazy("side", "right")),
    ("middle", pgettext_lazy("side", "middle")),
)

REGIONS: Choices = (
    ("scalp", _("scalp")),
    ("forehead", _("forehead")),
    ("eyebrow", _("eyebrow")),
    ("eye", _("eye or eyelid")),
    ("ear", _("ear")),
    ("nose", _("nose")),
    ("cheek", _("cheek")),
    ("mouth", _("lips or mouth")),
    ("tongue", _("tongue")),
    ("chin", _("chin or jaw")),
    ("throat", _("throat")),
    ("nape", _("nape")),
    ("shoulder", _("shoulder")),
    ("upper-arm", _("upper arm")),
    ("elbow", _("elbow")),
    ("forearm", _("forearm")),
    ("wrist", _("wrist")),
    ("hand", _("hand")),
    ("thumb", _("thumb")),
    ("index-finger", _("index finger")),
    ("middle-finger", _("middle finger")),
    ("ring-finger", _("ring finger")),
    ("little-finger", _("little finger")),
    ("chest", _("chest")),
    ("breast", _("breast or nipple")),
    ("abdomen", _("abdomen")),
    ("navel", _("navel")),
    ("flank", _("flank")),
    ("upper-back", _("upper back")),
    ("lower-back", _("lower back")),
    ("hip", _("hip")),
    ("buttock", _("buttock")),
    ("groin", _("groin")),
    ("genitals", _("genitals")),
    ("thigh", _("thigh")),
    ("knee", _("knee")),
    ("lower-leg", _("lower leg")),
    ("ankle", _("ankle")),
    ("foot", _("foot")),
    ("great-toe", _("great toe")),
    ("toe", _("another toe")),
    ("whole", _("the whole body")),
)

BONES: Choices = (
    ("skull", pgettext_lazy("bone", "skull")),
    ("face", pgettext_lazy("bone", "bones of the face")),
    ("lower-jaw", pgettext_lazy("bone", "lower jaw")),
    ("neck", pgettext_lazy("bone", "neck")),
    ("spine", pgettext_lazy("bone", "spine")),
    ("collar-bone", pgettext_lazy("bone", "collar bone")),
    ("shoulder-blade", pgettext_lazy("bone", "shoulder blade")),
    ("breast-bone", pgettext_lazy("bone", "breast bone")),
    ("ribs", pgettext_lazy("bone", "ribs")),
    ("humerus", pgettext_lazy("bone", "upper arm")),
    ("radius", pgettext_lazy("bone", "forearm, thumb side")),
    ("ulna", pgettext_lazy("bone", "forearm, little-finger side")),
    ("wrist", pgettext_lazy("bone", "wrist")),
    ("hand", pgettext_lazy("bone", "hand or finger")),
    ("pelvis", pgettext_lazy("bone", "pelvis")),
    ("femur", pgettext_lazy("bone", "thigh")),
    ("kneecap", pgettext_lazy("bone", "kneecap")),
    ("tibia", pgettext_lazy("bone", "shin")),
    ("fibula", pgettext_lazy("bone", "calf bone")),
    ("ankle", pgettext_lazy("bone", "ankle")),
    ("foot", pgettext_lazy("bone", "foot or toe")),
    ("other", pgettext_lazy("bone", "another")),
)
