"""What became of one issue for one subscriber."""

from typing import Literal

from newsroom.boundary import Boundary, Moment

SendState = Literal["claimed", "unknown", "refused", "sent", "delivered", "bounced", "complained"]

FOLLOWS: dict[SendState, frozenset[SendState]] = {
    "unknown": frozenset({"claimed"}),
    "refused": frozenset({"claimed"}),
    "sent": frozenset({"claimed", "unknown"}),
    "delivered": frozenset({"claimed", "unknown", "sent"}),
    "bounced": frozenset({"claimed", "unknown", "sent", "delivered"}),
    "complained": frozenset({"claimed", "unknown", "sent", "delivered", "bounced"}),
}
"""State → the states that it may follow. Events of SES arrive more than once and in any order; none leads back."""

REACHED: frozenset[SendState] = frozenset({"sent", "delivered", "bounced", "complained"})
"""SES took the message."""


class Send(Boundary):
    """One message: claimed before it is handed to SES, recorded after.

    `claimed` at the end means that nobody can say whether SES took it; it becomes `unknown`, is never sent again,
    and an event of SES that carries its tags settles it.
    """

    issue_id: str
    subscriber_id: str
    state: SendState
    claimed_at: Moment
    message_id: str = ""
    """As SES gave it."""
