"""Ledger actions of agencies, operators, roles and mandates."""

from antigone.ledger.actions import register

register("access:agency:found", "{actor} founded the agency {object}", redact=())
register("access:mandate:issue", "{actor} issued {object}, to {purpose}, until {valid_until}", redact=())
register("access:mandate:refuse", "{actor} was refused {object}: no mandate in force to {purpose}", redact=())
register("access:mandate:revoke", "{actor} revoked {object}", redact=())
register("access:operator:add", "{actor} added {object}", redact=("name",))
register("access:operator:close", "{actor} closed the account of {object}", redact=())
register("access:operator:refuse", "{actor} was not let act in {object}: {why}", redact=())
register("access:permission:refuse", "{actor} was refused {object}: it needs {permission}", redact=())
register("access:role:grant", "{actor} gave {object} the role {role}", redact=())
register("access:role:revoke", "{actor} took the role {role} from {object}", redact=())
register("access:token:collect", "{actor} collected the secret of {object}", redact=())
register("access:token:issue", "{actor} issued {object}, for which {holder} answers, until {until}", redact=("name",))
register("access:token:revoke", "{actor} revoked {object}", redact=())

# The instance as a whole has no room of its own; its deeds are entered from here.
register("instance:backup:make", "{actor} made a backup of the data", redact=())
register("instance:backup:restore", "{actor} restored a backup made at {made_at}", redact=())
register("instance:keys:export", "{actor} exported the keys under a passphrase", redact=())
register("instance:schema:upgrade", "{actor} brought the instance to version {version}", redact=())
register("instance:self:found", "{actor} founded the instance with version {version}", redact=())
