"""Ledger actions of the post-mortem records."""

from antigone.ledger.actions import register

register(
    "remains:subject:open",
    sentence="{actor} recorded the unidentified {object}",
    redact=("place", "attested_by"),
)
register(
    "remains:attestation:add",
    sentence="{actor} recorded a clinician's attestation for {object}",
    redact=("clinician",),
)
register("remains:photograph:add", sentence="{actor} added {object} of an unidentified subject", redact=("sha256",))
register(
    "remains:photograph:erase",
    sentence="{actor} erased {object} of an unidentified subject",
    redact=("reason",),
)
register(
    "remains:subject:spoke",
    sentence="{actor} recorded that the living {object} can state their identity; searching ended",
    redact=(),
)
register("remains:photograph:choose", sentence="{actor} chose which face of {object} is the subject's", redact=())
register("remains:subject:complete", sentence="{actor} completed the record of {object}", redact=())
register("remains:code:reserve", sentence="{actor} gave out {object}, for good", redact=())
register("remains:alias:add", sentence="{actor} recorded another agency's code of {object}", redact=())
register("remains:alias:end", sentence="{actor} ended another agency's code of {object}", redact=())
register("remains:individual:associate", sentence="{actor} associated remains units in {object}", redact=("reason",))
register("remains:individual:split", sentence="{actor} split an individual in {object}", redact=("reason",))
register("remains:individual:merge", sentence="{actor} merged two individuals in {object}", redact=("reason",))
register("remains:individual:undo", sentence="{actor} took back {undoes} in {object}", redact=("reason",))
register(
    "remains:custody:hand-over",
    sentence="{actor} recorded step {number} of the custody {chain} of {object}",
    redact=("from_holder", "to_holder"),
)
