"""What is said of a lead's ratio: why there is none, what it takes for granted, and its words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from antigone.casework.telling.known import Form

WITHHELD = (
    gettext_noop(
        "No likelihood ratio: no calibration is in force for this recogniser and this way of comparing "
        "(contract %(contract)s, %(pipeline)s)."
    ),
    gettext_noop("No likelihood ratio: no calibration in force was made on photographs of this quality."),
    gettext_noop(
        "No likelihood ratio: no calibration in force compared %(photographs)s with %(portraits)s of a person."
    ),
    gettext_noop(
        "No likelihood ratio: %(whom)s may be under %(age)s, and the faces of children change faster than any "
        "calibration here has seen. Tell the child-protection lead before this lead is used."
    ),
    gettext_noop(
        "No likelihood ratio: relatives of this person are missing too, and the ratio is against an unrelated person. "
        "Known are: %(kin)s."
    ),
    gettext_noop(
        "No likelihood ratio: the photographs differ in quality more than those that any calibration in force compared "
        "together. Searching with those of like quality gives one."
    ),
    gettext_noop("No likelihood ratio: the calibration holds for ages %(ages)s years."),
    gettext_noop(
        "No likelihood ratio: between portrait and death there may be %(gap)s years, and the calibration has seen at "
        "most %(most)s."
    ),
    gettext_noop(
        "No likelihood ratio: this person was last seen %(years)s before the recovery, portraits are no younger than "
        "that, and the calibration has seen at most %(most)s between portrait and death."
    ),
    gettext_noop(
        "No likelihood ratio: different persons of this gallery are more alike to the recogniser than those that the "
        "calibration was made on, so that its ratios would be far too high here. It takes a calibration on portraits "
        "such as these."
    ),
)

CAUTIONS = (
    gettext_noop("An age is not known: the ratio holds for people of %(ages)s years."),
    gettext_noop("When the portrait was taken is not known: the ratio holds for at most %(most)s years before death."),
)

WORDS = (
    gettext_noop("Without a likelihood ratio there is no level."),
    gettext_noop(
        "No verbal level: the calibration was made on %(faces)s. Nothing in it says how the dead score, so it ranks "
        "and sorts leads and no more. Only a calibration on an agency's own cases, closed by DNA, prints or dental "
        "comparison, gives a level."
    ),
    gettext_noop("This holds for %(faces)s, not for the dead."),
    gettext_noop(
        "The ratio alone would reach the words '%(reached)s'; a face alone is never given more than '%(given)s'."
    ),
    gettext_noop("The score is about as probable if %(more)s as if %(less)s."),
    gettext_noop(
        "The score is at least %(times)s times (the most that the data support) more probable if %(more)s than if "
        "%(less)s."
    ),
    gettext_noop("The score is at least %(times)s times more probable if %(more)s than if %(less)s."),
    gettext_noop("The score is about %(times)s times more probable if %(more)s than if %(less)s."),
    gettext_noop("The findings give no support either way."),
    gettext_noop("The findings give %(given)s for the proposition that %(more)s, over the proposition that %(less)s."),
    gettext_noop(
        "Scale (ENFSI 2015), by likelihood ratio: 1 to 2 no support; 2 to 10 weak; 10 to 100 moderate; 100 to 1,000 "
        "moderately strong; 1,000 to 10,000 strong; 10,000 to 1,000,000 very strong; above that extremely strong."
    ),
)

FORMS = tuple(Form(each) for each in (*WITHHELD, *CAUTIONS, *WORDS))
