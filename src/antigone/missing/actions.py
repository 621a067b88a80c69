"""Ledger actions of the ante-mortem records."""

from antigone.ledger.actions import register

register("missing:holding:open", sentence="{actor} opened {object}", redact=())
register("missing:holding:approve", sentence="{actor} approved {object} for searching", redact=())
register(
    "missing:report:open",
    sentence="{actor} recorded that {object} is reported missing",
    redact=("person_ref",),
)
register("missing:report:close", sentence="{actor} closed the report of {object}", redact=())
register("missing:report:reopen", sentence="{actor} opened the report of {object} again", redact=())
register("missing:portrait:add", sentence="{actor} added {object}", redact=("sha256", "citation"))
register("missing:portrait:erase", sentence="{actor} erased {object}", redact=())
register("missing:person:erase", sentence="{actor} erased {object}", redact=())
register("missing:enrolment:finish", sentence="{actor} finished an enrolment into {object}", redact=())
register(
    "missing:holding:refuse",
    sentence="{actor} was refused to approve {object}, which they opened",
    redact=(),
)
register(
    "missing:withdrawal:lift",
    sentence="{actor} took up again in {object} what was withdrawn before",
    redact=(),
)
register("missing:datum:state", sentence="{actor} recorded what is said of {object}", redact=("digests",))
register("missing:datum:withdraw", sentence="{actor} withdrew a statement about {object}", redact=("digest", "reason"))
register("missing:person:look", sentence="{actor} looked at {object}", redact=())
register("missing:person:review", sentence="{actor} kept {object} after a review", redact=("reason",))
register("missing:person:warn", sentence="{actor} warned that {object} is to be reviewed", redact=())
register("missing:person:merge", sentence="{actor} merged another record into {object}", redact=("reason",))
register("missing:person:unmerge", sentence="{actor} took apart the records merged into {object}", redact=("reason",))
register(
    "missing:person:speak",
    sentence="{actor} recorded that {object} speaks for themselves; who they are is to be checked",
    redact=(),
)
register("missing:person:identity", sentence="{actor} recorded how the identity check of {object} ended", redact=())
register("missing:portrait:look", sentence="{actor} looked at {object}", redact=())
register("missing:portrait:describe", sentence="{actor} changed what is said of {object}", redact=())
register("missing:portrait:withhold", sentence="{actor} kept {object} from every search, as its giver asks", redact=())
register("missing:portrait:release", sentence="{actor} let {object} be searched again, as its giver agrees", redact=())
register("missing:portrait:review", sentence="{actor} kept {object} after a review", redact=("reason",))
register("missing:portrait:warn", sentence="{actor} warned that {object} is to be reviewed or ends", redact=())
register("missing:portrait:end", sentence="{actor} ended {object}, which nobody reviewed in time", redact=())
register("missing:relative:record", sentence="{actor} recorded {object}", redact=())
register("missing:relative:change", sentence="{actor} changed the record of {object}", redact=())
register("missing:consent:record", sentence="{actor} recorded the consent of {object}", redact=())
register(
    "missing:consent:withdraw", sentence="{object} withdrew their consent, as {actor} recorded", redact=("reason",)
)
register("missing:share:choose", sentence="{actor} recorded with whom {object} lets it be shared", redact=())
register("missing:kinship:record", sentence="{actor} recorded that {object} is kin of another", redact=())
register("missing:kinship:end", sentence="{actor} took back that {object} is kin of another", redact=())
register("missing:register:record", sentence="{actor} recorded what a register says of {object}", redact=("number",))
register("missing:register:end", sentence="{actor} took back what a register says of {object}", redact=("reason",))
register("missing:enquiry:take-up", sentence="{actor} took up an enquiry as {object}", redact=())
