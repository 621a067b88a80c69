"""Closed lists about whoever tells of a missing person: what they are to them, how to reach them, what they allow."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    PARENT = "parent", _("parent or guardian")
    SPOUSE = "spouse", _("husband, wife or partner")
    CHILD = "child", _("child")
    TWIN = "twin", _("twin")
    SIBLING = "sibling", _("brother or sister")
    GRANDPARENT = "grandparent", _("grandparent")
    GRANDCHILD = "grandchild", _("grandchild")
    KIN = "kin", _("other kin")
    FRIEND = "friend", _("friend or neighbour")
    COMRADE = "comrade", _("served with them")
    EMPLOYER = "employer", _("employer or colleague")
    AUTHORITY = "authority", _("an authority")
    OTHER = "other", _("other")


class Channel(models.TextChoices):
    """Ways to reach someone; an account in a social network is none of them."""

    IN_PERSON = "in-person", _("in person")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    EMAIL = "email", _("by e-mail")
    MESSAGE = "message", _("by text message")
    THROUGH = "through", _("through somebody they trust")


class Audience(models.TextChoices):
    """With whom something may be shared, each chosen by whoever gave it."""

    OWN_AGENCY = "own-agency", _("this agency only")
    PARTNERS = "partners", _("named partner agencies")
    TRACING_AGENCY = "tracing-agency", _("the central tracing agency")
    PUBLIC_REGISTER = "public-register", _("the public register")


class ConsentGiven(models.TextChoices):
    SIGNED = "signed", _("signed on paper")
    SPOKEN = "spoken", _("spoken, before a witness")
    TELEPHONE = "telephone", _("by telephone")
    WRITTEN = "written", _("in a letter or message")
    ON_PAGES = "on-pages", _("on the family pages")


class FiledBy(models.TextChoices):
    """How an enquiry reached the agency."""

    IN_PERSON = "in-person", _("in person")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    PORTAL = "portal", _("on the family pages")


class Stage(models.TextChoices):
    """How far an enquiry is, as the family reads it; it never tells what a person should."""

    RECEIVED = "received", _("received")
    LOOKED_AT = "looked-at", _("being looked at")
    REGISTERED = "registered", _("registered as missing")
    ANSWERED = "answered", _("answered by a person")
    CLOSED = "closed", _("closed")
