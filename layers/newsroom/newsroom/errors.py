"""The tree of errors.

    NewsroomError                 carries `about`: the id of the publisher, story, draft … it is about
    ├── Transient                 the same call may succeed later: the state machine retries
    │   ├── AnswerPending         the model was asked in a batch that is not done
    │   ├── ArchiveConflict       somebody else wrote first
    │   ├── ArchiveThrottled      DynamoDB or S3 asks us to slow down, or failed on its side
    │   ├── MailThrottled         SES asks us to slow down
    │   ├── ModelOverloaded       the model is overloaded, rate-limited or timed out
    │   └── PublisherUnreachable  no feed of a publisher answered
    └── Permanent                 repeating the call repeats the answer: the state machine routes
        ├── AddressRefused        a URL or a peer's address that we do not talk to
        ├── BadInput              a file, payload or form that is not what it should be
        ├── BudgetSpent           the model's budget, or the account's spend limit, is used up
        ├── DraftAltered          what is stored is not what was judged: it is not published
        ├── DraftInvalid          the model's answer is not a draft
        ├── FeedUnreadable        a feed document that no parser makes sense of
        ├── MailRefused           SES refuses the message
        ├── MailSuspended         SES, or the operator, lets the account send nothing now (paused, quota)
        ├── MailUncertain         nobody can say whether SES took the message: it is never sent again
        ├── ModelRefused          the model stopped for another reason than having finished
        ├── NotFound              the archive has no such thing
        ├── PageUnreadable        a page that is not an article in HTML
        └── ResponseRefused       a response past a cap: bytes, ratio, time, redirects

The state machine asks one question: again, or not? Vendor errors are translated once, in the adapter that
meets them (`raise … from exc`). A rejected draft is not an error: it is a verdict.
"""


class NewsroomError(Exception):
    """Any failure of ours, with the id of what it is about."""

    def __init__(self, message: str, *, about: str = "") -> None:
        super().__init__(message)
        self.about = about

    def __str__(self) -> str:
        message = super().__str__()
        return f"{self.about}: {message}" if self.about else message


class Transient(NewsroomError):
    """The same call may succeed later."""


class AnswerPending(Transient):
    """The model was asked in a batch that is not done; a later edition fetches the answer."""


class ArchiveConflict(Transient):
    """Somebody else wrote first; read again and repeat."""


class ArchiveThrottled(Transient):
    """DynamoDB or S3 asks us to slow down, or failed on its side."""


class MailThrottled(Transient):
    """SES asks us to slow down."""


class ModelOverloaded(Transient):
    """The model is overloaded, rate-limited or did not answer in time."""

    def __init__(self, message: str, *, about: str = "", retry_after: float = 0.0) -> None:
        super().__init__(message, about=about)
        self.retry_after = retry_after
        """Seconds for which the provider asked to be left alone; 0 when it did not."""


class PublisherUnreachable(Transient):
    """No feed of a publisher answered."""

    def __init__(self, message: str, *, about: str = "", retry_after: float = 0.0) -> None:
        super().__init__(message, about=about)
        self.retry_after = retry_after
        """Seconds for which the publisher asked to be left alone; 0 when it did not."""


class Permanent(NewsroomError):
    """Repeating the call repeats the answer."""


class AddressRefused(Permanent):
    """A URL, or the address behind it, that we do not talk to."""


class BadInput(Permanent):
    """A file, payload or form that is not what it should be."""


class BudgetSpent(Permanent):
    """The model's budget, or the account's spend limit, is used up."""


class DraftAltered(Permanent):
    """A stored draft, or its verdict, is not the one that the review left."""


class DraftInvalid(Permanent):
    """The model's answer is not a draft."""


class FeedUnreadable(Permanent):
    """A feed document that no parser makes sense of."""


class MailRefused(Permanent):
    """SES refuses the message."""


class MailSuspended(Permanent):
    """Nothing may be sent now: SES, the operator, or another execution that has the issue."""


class MailUncertain(Permanent):
    """Nobody can say whether SES took the message: it is never sent again."""


class ModelRefused(Permanent):
    """The model stopped for another reason than having finished."""


class NotFound(Permanent):
    """The archive has no such thing."""


class PageUnreadable(Permanent):
    """A page that is not an article in HTML."""


class ResponseRefused(Permanent):
    """A response past a cap: bytes, ratio, time, redirects."""
