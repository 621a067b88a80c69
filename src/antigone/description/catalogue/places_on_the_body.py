"""Regions and sides of the body, and bones: the closed lists on which a mark told and a mark found can meet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from antigone.description.fields import Choices

# As evidence.secondary has them; a place without a side has none here.
SIDES: Choices = (
    ("left", _("left")),
    ("right", _("right")),
    ("middle", _("middle")),
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
    ("skull", _("skull")),
    ("face", _("bones of the face")),
    ("lower-jaw", _("lower jaw")),
    ("neck", _("neck")),
    ("spine", _("spine")),
    ("collar-bone", _("collar bone")),
    ("shoulder-blade", _("shoulder blade")),
    ("breast-bone", _("breast bone")),
    ("ribs", _("ribs")),
    ("humerus", _("upper arm")),
    ("radius", _("forearm, thumb side")),
    ("ulna", _("forearm, little-finger side")),
    ("wrist", _("wrist")),
    ("hand", _("hand or finger")),
    ("pelvis", _("pelvis")),
    ("femur", _("thigh")),
    ("kneecap", _("kneecap")),
    ("tibia", _("shin")),
    ("fibula", _("calf bone")),
    ("ankle", _("ankle")),
    ("foot", _("foot or toe")),
    ("other", _("another")),
)

# Regions that a body has once: with no side given they are in the middle, not on an unknown side.
UNPAIRED = frozenset(
    {"scalp", "forehead", "nose", "mouth", "tongue", "chin", "throat", "nape", "navel", "genitals", "whole"}
)
