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
