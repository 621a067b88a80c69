"""What templates of missing persons say in words: partial dates, channels, audiences, what stands of a relative."""

from __future__ import annotations

from typing import Any

from django import template

from antigone.description.spoken import when
from antigone.intake.choices import Audience, Channel

register = template.Library()


@register.filter
def partial_date(text: Any) -> str:
    """A date known in part, in words; the text itself where it is none."""
    return when(str(text)) if text else ""


@register.filter
def channel(value: str) -> str:
    return str(dict(Channel.choices).get(value, value))


@register.filter
def audience(value: str) -> str:
    return str(dict(Audience.choices).get(value, value))


@register.simple_tag
def standing_shares(relative: Any) -> list[str]:
    """With whom a relative lets be shared now; the shares were fetched with them."""
    standing = [each for each in relative.shares.all() if each.ended_at is None]
    return [each.partner.name if each.partner else audience(each.audience) for each in standing]


@register.simple_tag
def standing_consents(relative: Any) -> list[Any]:
    """The consents that stand; they were fetched with the relative."""
    return [each for each in relative.consents.all() if each.withdrawn_at is None]


@register.simple_tag
def withdrawn_consent(relative: Any) -> Any:
    """The consent that was withdrawn last, or None."""
    gone = [each for each in relative.consents.all() if each.withdrawn_at is not None]
    return max(gone, key=lambda each: each.withdrawn_at, default=None)
