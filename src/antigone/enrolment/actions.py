"""Ledger actions of the template rows and the gallery drawn from them."""

from antigone.ledger.actions import register

register("enrolment:contract:open", sentence="{actor} began to use the embedding contract {object}", redact=())
register("enrolment:tail:measure", sentence="{actor} measured how strangers score in {object}", redact=())
register(
    "enrolment:template:renew",
    sentence="{actor} encoded {encoded} portraits anew from their originals under {object}",
    redact=(),
)
register("enrolment:template:drop", sentence="{actor} removed {removed} templates of {object}", redact=())
register(
    "enrolment:template:purge",
    sentence="{actor} rewrote the gallery of {object} without erased templates",
    redact=(),
)
register(
    "enrolment:template:verify",
    sentence="{actor} looked for erased templates in the gallery of {object}",
    redact=(),
)
register(
    "enrolment:contract:renew",
    sentence="{actor} had the indexes of {object} drawn anew, since its rows went back in time",
    redact=(),
)
