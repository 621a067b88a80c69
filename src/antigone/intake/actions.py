"""Ledger actions of enquiries."""

from antigone.ledger.actions import register

register("intake:enquiry:file", sentence="{actor} filed {object}", redact=())
register("intake:enquiry:look", sentence="{actor} looked at {object}", redact=())
register("intake:enquiry:stage", sentence="{actor} set {object} to the stage {stage}", redact=())
register("intake:enquiry:withdraw", sentence="{actor} withdrew {object}", redact=())
register("intake:enquiry:erase", sentence="{actor} erased {object}", redact=())
register("intake:portrait:look", sentence="{actor} looked at {object}, which came with an enquiry", redact=())
register("intake:portrait:erase", sentence="{actor} erased {object}, which came with an enquiry", redact=())
