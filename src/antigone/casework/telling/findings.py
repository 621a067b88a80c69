"""What is said beside the lines of secondary evidence: why a line stands, and what a product takes for granted."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from antigone.casework.telling.known import Form

RATIOS = (
    gettext_noop("The finding is about as probable if the subject is this person as if it is another of the missing."),
    gettext_noop(
        "The finding is about %(times)s times more probable if the subject is this person than if it is another of "
        "the missing."
    ),
    gettext_noop(
        "The finding is about %(times)s times less probable if the subject is this person than if it is another of "
        "the missing."
    ),
    gettext_noop("The ante-mortem record does not say; what is unknown is no disagreement."),
    gettext_noop("The post-mortem record does not say; what is unknown is no disagreement."),
    gettext_noop("Neither record says."),
    gettext_noop("No ratio, since one of the two may be under 18."),
)

SEX = (
    gettext_noop("The record says neither female nor male, and a body is determined as one of them."),
    gettext_noop("No ratio, since the share of women among the missing was not given."),
    gettext_noop("No ratio, since no error rate of the method “%(method)s” was given, and none is shipped."),
    gettext_noop("From the method's error and the sexes of the missing: %(sources)s."),
    gettext_noop(
        "A record may hold the sex a person lived in, and determinations err: check both before anything rests on this."
    ),
)

AGE = (
    gettext_noop("The birth date on record cannot be read as a date."),
    gettext_noop("When the person can have died is not bounded, so neither is their age."),
    gettext_noop("The dates are too coarse to say whether the age lies within the interval."),
    gettext_noop("No ratio, since the coverage of the interval was not given."),
    gettext_noop("No ratio, since the ages of the missing was not given."),
    gettext_noop(
        "The interval's stated coverage is %(coverage)s %% (%(source)s), and it holds about %(share)s %% of the "
        "missing (%(count)s ages, %(sources)s)."
    ),
)

STATURE = (
    gettext_noop("No ratio, since how far such reports err was not given; they differ by %(apart)s cm."),
    gettext_noop("No ratio, since the error of what was found was not given; they differ by %(apart)s cm."),
    gettext_noop("More than %(gross)s cm is called a contradiction by convention, not by a measured error."),
    gettext_noop("No ratio, since the records differ in sex, so which population applies is not known."),
    gettext_noop("No ratio, since the statures of the missing were not given (%(condition)s)."),
    gettext_noop(
        "No ratio, since they lie %(apart)s standard deviations apart, where the model is not trusted with a number."
    ),
    gettext_noop("No ratio, since the estimate is no narrower than the population."),
    gettext_noop(
        "Taken %(condition)s. Error of the finding: %(finding)s; of the report: %(report)s; statures of the missing: "
        "%(sources)s."
    ),
)

DATES = (
    gettext_noop("The date on record cannot be read as a date."),
    gettext_noop("Recovered before the person was last seen, but whoever lost a part can have lived on."),
    gettext_noop("Dead before the person was last seen."),
    gettext_noop("Found unable to speak before the person was last seen."),
    gettext_noop(
        "No ratio, since how often sightings and estimates are mistaken was not given: check who saw whom, and when."
    ),
    gettext_noop("The dates allow it, which says little."),
    gettext_noop("No ratio, since when the missing were last seen was not given."),
    gettext_noop("No ratio, since death was not dated."),
    gettext_noop("The dates allow about %(share)s %% of the missing (%(count)s dates, %(sources)s)."),
)

MARKS = (
    gettext_noop("A mark that no record tells of may be newer, or was never told."),
    gettext_noop("The record is free text, which is for people to read and compare; no finding is made of it."),
    gettext_noop("No ratio, since how many of the missing bear such a mark was not given."),
    gettext_noop("The side is known on one record only."),
    gettext_noop("At most that: it was taken as certain that such a mark is found where it is."),
    gettext_noop("Share of the missing who bear one: %(sources)s."),
    gettext_noop("The region can no longer show it: %(losses)s."),
    gettext_noop("The region is not recorded as examined."),
    gettext_noop("One of this kind is on the other side; people mix up sides, and some pictures are mirrored: check."),
    gettext_noop("It may have been removed or faded since it was told: ask before anything rests on this."),
    gettext_noop("No ratio, since how often such a mark is found on those who bear it was not given."),
    gettext_noop("From %(sources)s."),
)

EFFECTS = (
    gettext_noop("It was not found with the subject; things are lost and taken, so that contradicts nothing."),
    gettext_noop(
        "Things are borrowed, swapped, taken and put with the wrong body, so no ratio is stated; kind and inscription "
        "are alike."
    ),
    gettext_noop(
        "Things are borrowed, swapped, taken and put with the wrong body, so no ratio is stated; only the "
        "kind is alike."
    ),
    gettext_noop("It changes by hand, with time and after death, so it weighs nothing either way."),
)

TOGETHER = (
    gettext_noop("One of the two may be under 18: tell the child-protection lead before anything else is done."),
    gettext_noop("No ratio is stated for a child."),
    gettext_noop(
        "A face shows sex and age too: do not multiply this by a face's ratio unless that was measured among people of "
        "the same sex and age."
    ),
    gettext_noop("Contradicted: %(names)s. No score of a face outweighs that; each needs an explanation."),
    gettext_noop("Nothing was multiplied: %(names)s contradicts without a ratio, and a product would leave it out."),
    gettext_noop(
        "Dependence: the ratios of %(names)s were multiplied as if each told something new. That was not measured; age "
        "goes with stature and with marks, and all were often noted by one person. The product can be too strong "
        "either way."
    ),
    gettext_noop("Stature was taken within the sex on both records, so sex counts once."),
    gettext_noop("Left out of the product, because they depend on a line that is in it: %(names)s."),
    gettext_noop("Without a ratio, and not in the product: %(names)s."),
)

ONE_SIDE = (
    gettext_noop("No ratio: how often two records of one side agree by chance was not measured."),
    gettext_noop("One record does not say; what is unknown is no disagreement."),
    gettext_noop(
        "Two records may repeat one informant, one document or one examination: what agrees then tells nothing new. "
        "Look at the source of each before agreement counts."
    ),
    gettext_noop("A record may hold the sex a person lived in: ask both sources."),
    gettext_noop("Dates of birth are told wrongly, rounded, and with day and month changed about: ask for a paper."),
    gettext_noop("Determinations err, on parts more than on bodies: look at the method of each."),
    gettext_noop("Estimates of when somebody died err: look at the method of each."),
    gettext_noop("One record says neither female nor male; sources use the words differently."),
    gettext_noop("A date that is approximate or cannot be read excludes nothing."),
    gettext_noop("Each record tells when its own source last saw them; two such days can differ for one person."),
    gettext_noop("They differ by %(apart)s cm."),
    gettext_noop("More than %(gross)s cm is called a contradiction by convention."),
    gettext_noop("How far the figures err is not known."),
    gettext_noop("An interval holds the true age as often as its method says, and no more often."),
    gettext_noop("One body has it once: two bodies, unless each of the two has a portion of it, or one is mistaken."),
    gettext_noop("The record is free text, which is for people to read and compare."),
)

FORMS = tuple(Form(each) for each in (*RATIOS, *SEX, *AGE, *STATURE, *DATES, *MARKS, *EFFECTS, *TOGETHER, *ONE_SIDE))
