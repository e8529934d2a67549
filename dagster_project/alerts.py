"""Telling somebody when a run did not publish: by mail, Slack, Teams, or whatever Apprise knows.

Belongs here: the message and the sending of it. Does not belong here: when a run has failed.

`TILLIT_ALERT` names where, as Apprise addresses separated by spaces: `mailtos://…`, `slack://…`,
`workflows://…` (Teams), `json://…` (any web hook). Without it nothing is sent.
"""

import os

LONGEST = 1500  # letters; the whole of it stands on the data-quality page


def alert(title: str, message: str) -> str:
    """Send the message to every address in TILLIT_ALERT.

    Returns what went wrong in words, and nothing when all was sent or nobody is to be told; an
    alert that cannot be sent never stops anything.
    """
    addresses = os.environ.get("TILLIT_ALERT", "").split()
    if not addresses:
        return ""
    import apprise

    sender = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False))
    unknown = sum(not sender.add(address) for address in addresses)
    if unknown:
        return f"{unknown} address(es) in TILLIT_ALERT are not Apprise addresses; correct them"
    body = message if len(message) <= LONGEST else f"{message[:LONGEST]} …"
    if not sender.notify(title=title, body=body, notify_type=apprise.NotifyType.FAILURE):
        return "the alert could not be sent; check the address in TILLIT_ALERT and the network"
    return ""
