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
register("remains:photograph:unchoose", sentence="{actor} took back which face of {object} is the subject's", redact=())
register("remains:subject:refuse", sentence="{actor} was refused a new subject in {object}: {kind}", redact=())
register("remains:attestation:refuse", sentence="{actor} was refused an attestation for {object}", redact=())
register("remains:subject:complete", sentence="{actor} completed the record of {object}", redact=())

# Codes, sites and recoveries.
register("remains:code:reserve", sentence="{actor} gave out {object}, for good", redact=())
register("remains:alias:add", sentence="{actor} recorded another agency's code of {object}", redact=())
register("remains:alias:end", sentence="{actor} ended another agency's code of {object}", redact=())
register("remains:site:add", sentence="{actor} recorded {object}", redact=())
register("remains:site:correct", sentence="{actor} corrected {object}", redact=("before",))
register("remains:recovery:add", sentence="{actor} recorded {object} at site {site}", redact=())
register("remains:recovery:correct", sentence="{actor} corrected {object}", redact=("before",))
register("remains:subject:place", sentence="{actor} linked {object} to where it was recovered", redact=())

# What is stated, seen and taken.
register("remains:datum:state", sentence="{actor} stated {keys} of {object}", redact=("digests",))
register("remains:datum:withdraw", sentence="{actor} withdrew {key} of {object}", redact=("digest", "reason"))
register("remains:subject:look", sentence="{actor} opened the record of {object}", redact=())
register(
    "remains:subject:review", sentence="{actor} reviewed {object}; it is looked at again on {on}", redact=("reason",)
)
register("remains:photograph:look", sentence="{actor} lifted the veil of {object}", redact=())
register("remains:photograph:describe", sentence="{actor} said how {object} was taken", redact=())
register(
    "remains:photograph:review",
    sentence="{actor} reviewed {object}; it is looked at again on {on}",
    redact=("reason",),
)
register("remains:sample:add", sentence="{actor} recorded a sample of {object}", redact=())
register("remains:sample:answer", sentence="{actor} recorded a laboratory's answer about {object}", redact=())

# Which units are of one person.
register("remains:individual:associate", sentence="{actor} associated remains units in {object}", redact=("reason",))
register("remains:individual:split", sentence="{actor} split an individual in {object}", redact=("reason",))
register("remains:individual:merge", sentence="{actor} merged two individuals in {object}", redact=("reason",))
register("remains:individual:undo", sentence="{actor} took back decision {undoes} in {object}", redact=("reason",))

# Custody, rest and release.
register(
    "remains:custody:hand-over",
    sentence="{actor} recorded step {number} of the custody {chain} of {object}",
    redact=("from_holder", "to_holder"),
)
register("remains:disc:state", sentence="{actor} recorded the identity disc of {object}", redact=())
register("remains:storage:move", sentence="{actor} recorded where {object} lies", redact=())
register("remains:burial:add", sentence="{actor} recorded a burial of {object}", redact=())
register("remains:burial:exhume", sentence="{actor} recorded an exhumation of {object}", redact=())
register("remains:kin:choose", sentence="{actor} recorded kin's choice about {object}: {choice}", redact=())
register("remains:release:prepare", sentence="{actor} signed the release of {object} first", redact=("identification",))
register("remains:release:sign", sentence="{actor} signed the release of {object} second", redact=())
register("remains:release:cancel", sentence="{actor} cancelled the release of {object}", redact=())
register("remains:release:refuse", sentence="{actor} was refused the release of {object}: {where}", redact=())

# What was found with the dead, and what people say.
register("remains:document:add", sentence="{actor} recorded {object}, carried by subject {subject}", redact=("sha256",))
register("remains:document:look", sentence="{actor} lifted the veil of {object}", redact=())
register("remains:document:withdraw", sentence="{actor} withdrew {object}", redact=())
register("remains:document:erase", sentence="{actor} erased {object}", redact=("reason",))
register("remains:claim:add", sentence="{actor} recorded {object} about subject {subject}", redact=())
register("remains:claim:look", sentence="{actor} read the claims of recognition about {object}", redact=())
register("remains:claim:withdraw", sentence="{actor} withdrew {object}", redact=())

# Public items, one by one.
register("remains:open-source:propose", sentence="{actor} proposed {object} for subject {subject}", redact=("sha256",))
register("remains:open-source:decide", sentence="{actor} decided about {object}: {state}", redact=())
register("remains:open-source:refuse", sentence="{actor} was refused to decide about their own {object}", redact=())
register("remains:open-source:look", sentence="{actor} looked at {object}", redact=())
register("remains:open-source:offer", sentence="{actor} recorded that its holder offers {object}", redact=("given_by",))
register("remains:open-source:end", sentence="{actor} ended and erased {object}", redact=("reason",))

# The reviewer's sample.
register(
    "remains:sample:draw",
    sentence="{actor} drew {object}, of {population} photographs, by the seed {seed}",
    redact=(),
)
register("remains:sample:mark", sentence="{actor} marked {object} in draw {draw}: {verdict}", redact=())
