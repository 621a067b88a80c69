"""Steps 10 and 11: evidence on its own lines, a board that votes on it, and what follows from a signed decision.

What doors call; everything asks `access.require`, and a record of another agency raises NotHere.

`evidence`: `record_line(case, person, NewLine, who) -> EvidenceLine`, `withdraw_line(line, reason, who)`. A face has no
line: what examiners found is read from their sealed examinations. Whoever records evidence examines no more.

`proposing`: `propose(case, person, kind, reasons, acknowledged, who) -> Proposal`, `acknowledge(proposal, keys, who)`,
`withdraw(proposal, reason, who)`, `propose_revocation(decision, reasons, who) -> Proposal`. Kinds are DecisionKind.

`voting`: `vote(proposal, choice, reasons, basis, who) -> Cast`. `basis` is `File.digest`, that of the evidence that the
voter was shown; the vote that completes a board decides, in the same transaction.

`quorum`: `quorum_of(agency) -> int`, `set_quorum(number, reason, who)`, and why a board is short of members.

`queries`: `docket(who)`, `identifications(who, filters, after)`, `decision(serial, who)`; `filing`: `file(case, person,
who) -> File`, `persons_of(case, who)`; `overview.overview(who)`. `rivals.rivals_of(case, person)` are the claims that a
proposal has to acknowledge, by key. Opening a file ends one's blindness in the case: `filing.will_end_blindness(case,
who)` says so beforehand, and blind work that is not ended refuses it. `reviewing.uphold(serial, reasons, who)`.

`signing`: `content_of`, `unaltered(decision)`; the layout of `Decision.content` is told in its docstring.

`following`: what a decision does to case, report and searches, and what erasures, merges and new associations do to it.
Events are in `casework.events`: IdentificationMade, IdentificationRevoked.

Refusals are `DecisionRefused` with a sentence; `StaleBasis` where the evidence changed since it was shown.
"""
