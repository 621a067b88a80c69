"""Ledger actions of casework."""

from antigone.ledger.actions import register

register("casework:case:open", sentence="{actor} opened {object}", redact=("code",))
register("casework:case:close", sentence="{actor} closed {object}", redact=("reason",))
register("casework:case:refuse", sentence="{actor} was refused a case", redact=("code",))
register("casework:search:refuse", sentence="{actor} was refused a search in {object}", redact=("code",))
register(
    "casework:search:unusable",
    sentence="{actor} offered a picture that could not be used in {object}",
    redact=("sha256",),
)
register(
    "casework:search:run",
    sentence="{actor} searched in {object} and saw the ranked answer",
    redact=(),
)
register("casework:faces:seek", sentence="{actor} had the faces in {object} found", redact=())
register("casework:photograph:unsuitable", sentence="{actor} judged {object} not suitable for comparison", redact=())
register(
    "casework:photograph:suitable", sentence="{actor} took back that {object} is not suitable for comparison", redact=()
)
register(
    "casework:answer:redact",
    sentence="{actor} had the answers kept in {object} no longer name who was erased",
    redact=(),
)
register(
    "casework:attestation:refuse", sentence="{actor} was refused an attestation in {object}", redact=("clinician",)
)
register("casework:view:restore", sentence="{actor} put back on record who saw a ranked answer in {object}", redact=())
register("casework:search:recall", sentence="{object} is to be searched again: {why}", redact=())
register("casework:answer:look", sentence="{actor} saw the ranked answer of search {search} in {object}", redact=())
register(
    "casework:examination:forgo",
    sentence="{actor} chose to see ranked output of {object}, and cannot examine it",
    redact=(),
)
register("casework:case:reopen", sentence="{actor} opened {object} again", redact=("reason",))
register("casework:calibration:use", sentence="{actor} put {object} in force", redact=())
register("casework:calibration:withdraw", sentence="{actor} took {object} out of force", redact=("reason",))
register("casework:calibration:refuse", sentence="{actor} was refused a calibration: {why}", redact=("why",))
register("casework:calibration:validate", sentence="{actor} made {object} from cases closed otherwise", redact=())
register("casework:posterior:read", sentence="{actor} read prior and posterior in {object}", redact=("population",))
register(
    "casework:prior:keep", sentence="{actor} kept a prior of the board in {object}", redact=("population", "reason")
)
register("casework:posterior:refuse", sentence="{actor} was refused a posterior: {why}", redact=("code",))
# Of blind work the ledger says that it was done, and holds digests; no judgement, level or filler stands in a payload.
register("casework:lineup:make", sentence="{object} was lined up for triage", redact=())
register("casework:lineup:ready", sentence="{object} is open to examination", redact=())
register("casework:lineup:settle", sentence="every comparison of {object} came to an end", redact=())
register("casework:lineup:read", sentence="{actor} read what the examinations of {object} came to", redact=())
register("casework:triage:begin", sentence="{actor} began {object}", redact=())
register("casework:triage:judge", sentence="{actor} judged a pair of pictures in {object}", redact=())
register("casework:triage:undo", sentence="{actor} took a judgement back in {object}", redact=())
register("casework:triage:finish", sentence="{actor} finished {object}", redact=())
register("casework:triage:refuse", sentence="{actor} was refused triage in {object}: {why}", redact=())
register("casework:examination:begin", sentence="{actor} began {object}", redact=())
register("casework:examination:assess", sentence="{actor} assessed the photograph in {object}", redact=())
register("casework:examination:note", sentence="{actor} noted what they saw in {object}", redact=())
register("casework:examination:analyse", sentence="{actor} closed the analysis of {object}", redact=())
register("casework:examination:conclude", sentence="{actor} wrote a conclusion in {object}", redact=())
register("casework:examination:seal", sentence="{actor} sealed {object}", redact=())
register("casework:examination:abandon", sentence="{actor} gave up {object}", redact=("reason",))
register("casework:examination:refuse", sentence="{actor} was refused an examination in {object}: {why}", redact=())
# An order of samples says for what, and never why: its words stand with the order, and name nobody.
register("casework:sampling:order", sentence="{actor} ordered samples of {object}", redact=())
register("casework:sampling:cancel", sentence="{actor} cancelled an order of samples of {object}", redact=())
register("casework:sampling:done", sentence="{actor} took a sample that was ordered of {object}", redact=())
register("casework:sampling:refuse", sentence="{actor} was refused an order of samples of {object}: {why}", redact=())
register("casework:incident:declare", sentence="{actor} declared an incident in {object}", redact=("why",))
register("casework:incident:end", sentence="{actor} said that the incident in {object} is over", redact=("why",))
register("casework:comparison:settle", sentence="{object} came to an end", redact=())
register("casework:comparison:third", sentence="{object} needs another examination", redact=())
register("casework:comparison:end", sentence="{actor} had {object} end, since what it rested on is gone", redact=())
# A standing search and a search in bulk say what was asked and done, and never what any of it came to.
register("casework:standing:set", sentence="{actor} set the search of {object} standing", redact=())
register(
    "casework:standing:end", sentence="the standing search of {object} ended by {actor}: {why}", redact=("reason",)
)
register("casework:standing:run", sentence="the standing search of {object} was looked into for {actor}", redact=())
register("casework:standing:look", sentence="{actor} saw what a standing search of {object} found anew", redact=())
register("casework:bulk:ask", sentence="{actor} asked for a search in bulk at {object}", redact=())
register("casework:bulk:finish", sentence="the search in bulk at {object}, asked for by {actor}, is done", redact=())
# Of a board's work the ledger has numbers, choices and digests; words and names stand in the records alone.
register("casework:evidence:record", sentence="{actor} recorded a line of evidence ({kind}) as {object}", redact=())
register("casework:evidence:withdraw", sentence="{actor} withdrew {object}", redact=("reason",))
register("casework:file:open", sentence="{actor} opened what the board reads of {object}", redact=())
register("casework:quorum:set", sentence="{actor} set the quorum of {object} to {number}", redact=("reason",))
register("casework:proposal:make", sentence="{actor} put {object} before the board: {kind}", redact=())
register("casework:proposal:acknowledge", sentence="{actor} read what speaks against {object}", redact=())
register("casework:proposal:withdraw", sentence="{actor} withdrew {object}", redact=("reason",))
register("casework:proposal:reject", sentence="the board did not adopt {object}", redact=())
register("casework:proposal:end", sentence="{actor} had {object} end, since what it rested on is gone", redact=())
register("casework:vote:cast", sentence="{actor} voted on {object}: {choice}", redact=())
register("casework:decision:make", sentence="the board decided {serial}, with the vote of {actor}", redact=())
register("casework:decision:revoke", sentence="the board revoked {serial} by {by}", redact=())
register("casework:decision:review", sentence="{object} is to be looked at again: {why}", redact=())
register("casework:decision:uphold", sentence="{actor} looked at {object} again, and it stands", redact=("reason",))
register("casework:decision:read", sentence="{actor} read {object}", redact=())
register("casework:decision:forget", sentence="{actor} had {object} emptied of who was erased", redact=())
register("casework:decision:refuse", sentence="{actor} was refused a board's work in {object}: {why}", redact=())
# Of practice the ledger says that it was done; no judgement and no truth stands in a payload.
register("casework:practice:begin", sentence="{actor} drew {object} for practice", redact=())
register("casework:practice:judge", sentence="{actor} judged a pair of pictures in {object}, for practice", redact=())
register("casework:practice:sort", sentence="{actor} sealed the block of {object}, for practice", redact=())
register("casework:practice:examine", sentence="{actor} began {object}", redact=())
register("casework:practice:note", sentence="{actor} worked on {object}", redact=())
register("casework:practice:seal", sentence="{actor} sealed {object}", redact=())
register("casework:practice:give-up", sentence="{actor} gave up {object}", redact=())
register("casework:practice:leave", sentence="{actor} left {object} before its end", redact=())
register(
    "casework:practice:report", sentence="{actor} read how long candidates take in practice, without names", redact=()
)
# Of reports and exhibits the ledger has numbers, kinds and digests; whom they name stands in the records alone.
register("casework:report:make", sentence="{actor} made the report {serial}", redact=())
register("casework:report:look", sentence="{actor} read the report {serial}", redact=())
register("casework:report:print", sentence="{actor} set the report {serial} as a file", redact=())
register("casework:report:empty", sentence="{actor} had {object} emptied of who was erased", redact=())
register("casework:report:refuse", sentence="{actor} was refused a report of {object}: {why}", redact=())
register(
    "casework:exhibit:make",
    sentence="{actor} gave pictures of {subject} out as the sealed exhibit {serial}, to the {role}",
    redact=(),
)
register("casework:exhibit:refuse", sentence="{actor} was refused an exhibit with {object}: {why}", redact=())
