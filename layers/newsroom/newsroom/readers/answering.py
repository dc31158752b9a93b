"""What the site answers a reader who talks back. One method per thing that can be asked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from newsroom.boundary import as_json
from newsroom.errors import BadInput, MailSuspended, NotFound, Transient
from newsroom.readers.feedback import Vote
from newsroom.readers.forms import GivenAddress, GivenPreferences, GivenSignUp
from newsroom.readers.notices import Instead, notice, own_data_page, preferences_page, question, report_page
from newsroom.readers.preferences import Preferences, in_words
from newsroom.readers.reply import REPLIES_A_DAY
from newsroom.readers.reports import GivenReport, is_report_id, received
from newsroom.readers.request import FORM, MULTIPART, Answer, Request
from newsroom.readers.subscribing import Subscribing
from newsroom.settings import ReadersSettings
from newsroom.site import addresses
from newsroom.site.rendering import House

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.archive.responses import ResponseRows
    from newsroom.readers.sealing import Seal

FAULTS = {
    400: ("That did not work", "The request is not what it says it is."),
    403: ("Not here", "Please ask the site itself."),
    413: ("That is too much", "A form of ours holds at most 16 KB."),
}
REPLY_PROMISE = (
    f"If the address can receive our mail, one letter tells you what we decide; {REPLIES_A_DAY} a day at most."
)
TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,400}")


@dataclass(frozen=True)
class Reception:
    """Answers one request. It raises only what is a fault of ours; a reader's mistake is an answer."""

    archive: "ResponseRows"
    readers: "ReadersArchive"
    seal: "Seal"
    subscribing: Subscribing
    limits: ReadersSettings
    house: House

    def answer(self, request: Request, now: datetime) -> Answer:
        """The page, whatever was asked."""
        if request.fault:
            return notice(self.house, request.fault, *FAULTS[request.fault])
        routes: dict[str, dict[str, Callable[[Request, datetime], Answer]]] = {
            "/api/subscribe": {"POST": self._subscribe},
            "/api/confirm": {"GET": self._offer_confirmation, "POST": self._confirm},
            "/api/preferences": {"GET": self._show_preferences, "POST": self._prefer},
            "/api/my-data": {"GET": self._show_data, "POST": self._ask_for_data},
            "/api/my-data/export": {"POST": self._export},
            "/api/my-data/delete": {"POST": self._forget},
            "/api/unsubscribe": {"GET": self._offer_farewell, "POST": self._unsubscribe},
            "/api/vote": {"POST": self._vote},
            "/api/report": {"GET": self._show_report, "POST": self._report},
        }
        methods = routes.get(request.path.rstrip("/"))
        if methods is None:
            return notice(self.house, 404, "There is nothing here", "The address may be mistyped.")
        asked = methods.get("GET" if request.method == "HEAD" else request.method)
        if asked is None:
            allowed = ", ".join(sorted(methods))
            return notice(self.house, 405, "That cannot be asked here", headers={"allow": allowed})
        try:
            return asked(request, now)
        except BadInput as exc:
            return self._refused(str(exc))
        except ValidationError as exc:
            return self._refused(_misfilled(exc))
        except (Transient, MailSuspended):
            busy = "Something of ours is busy. Nothing was lost and nothing done: please try again in a minute."
            return notice(self.house, 503, "Not just now", busy, headers={"retry-after": "60"})

    def _subscribe(self, request: Request, now: datetime) -> Answer:
        _own_pages_only(request)
        given = GivenSignUp.model_validate(request.form())
        if not self.subscribing.ask(given.email, self._network(request), now, given.over(Preferences())):
            return self._too_many()
        return notice(
            self.house,
            200,
            "Look into your mailbox",
            "If the address can receive our mail, a message is on its way. The briefing starts once you press "
            "the link in it.",
            "Nothing there after some minutes? Look among unwanted mail. We send one such message a day at most.",
        )

    def _offer_confirmation(self, request: Request, now: datetime) -> Answer:
        token = _token(request.query())
        self.subscribing.check(token, now)
        return question(
            self.house,
            "The daily briefing",
            "One press and it comes each morning, about 6 a.m. New York time.",
            action="/api/confirm",
            token=token,
            button="Confirm the subscription",
        )

    def _confirm(self, request: Request, now: datetime) -> Answer:
        self.subscribing.confirm(_token({**request.query(), **request.form()}), now)
        return notice(
            self.house,
            200,
            "You are subscribed",
            "The next briefing is yours. Every issue has a link with which you can leave.",
            link=("/briefing/issues/", "Earlier briefings"),
        )

    def _offer_farewell(self, request: Request, now: datetime) -> Answer:
        """A page only: programs that follow links in mails must not unsubscribe anybody (RFC 8058, section 1)."""
        token = _token(request.query())
        self.subscribing.tokens.read(token, "unsubscribe", now)
        return question(
            self.house,
            "Leave the briefing?",
            "One press, and no further issue is sent to you.",
            action="/api/unsubscribe",
            token=token,
            button="Unsubscribe",
            instead=Instead("/api/preferences", "days", "weekdays", "Stay, but Monday to Friday only"),
        )

    def _unsubscribe(self, request: Request, now: datetime) -> Answer:
        """By the page's button or by the mail client's (RFC 8058): no cookie, no login, no second question. The
        client may send its one field as a form or as multipart (section 3.2); its token is in the address."""
        if request.content_type not in (FORM, MULTIPART, ""):
            raise BadInput("is not a form")
        fields = request.form() if request.content_type == FORM else {}
        self.subscribing.leave(_token({**fields, **request.query()}), now)
        return notice(
            self.house,
            200,
            "You are unsubscribed",
            "No further issue is sent to you. An issue that is on its way right now may still arrive.",
            link=(addresses.BRIEFING, "Changed your mind?"),
        )

    def _show_preferences(self, request: Request, now: datetime) -> Answer:
        token = _token(request.query())
        return preferences_page(self.house, self.subscribing.preferences(token, now), token)

    def _prefer(self, request: Request, now: datetime) -> Answer:
        given = GivenPreferences.model_validate(request.form())
        chosen = self.subscribing.prefer(_token({"token": given.token}), given.over, now)
        return notice(
            self.house, 200, "Your choice is kept", f"From the next issue on: {in_words(chosen)}",
            link=(addresses.BRIEFING, "The briefing"),
        )  # fmt: skip

    def _ask_for_data(self, request: Request, now: datetime) -> Answer:
        _own_pages_only(request)
        given = GivenAddress.model_validate(request.form())
        if not self.subscribing.ask_for_data(given.email, self._network(request), now):
            return self._too_many()
        return notice(
            self.house,
            200,
            "Look into your mailbox",
            "If the address can receive our mail, a message is on its way that says what we keep of it.",
            "We send one message on request a day at most.",
        )

    def _show_data(self, request: Request, now: datetime) -> Answer:
        token = _token(request.query())
        kept = self.subscribing.kept_of(token, now)
        chosen = self.subscribing.preferences(token, now) if "state" in kept else None
        return own_data_page(self.house, kept, chosen, token)

    def _export(self, request: Request, now: datetime) -> Answer:
        kept = self.subscribing.kept_of(_token(request.form()), now)
        name = {"content-disposition": 'attachment; filename="my-data.json"'}
        return Answer(200, as_json(kept).decode(), "application/json; charset=utf-8", name)

    def _forget(self, request: Request, now: datetime) -> Answer:
        self.subscribing.forget(_token(request.form()), now)
        return notice(self.house, 200, "Deleted", "We keep nothing of your address any more.")

    def _vote(self, request: Request, now: datetime) -> Answer:
        _own_pages_only(request)
        vote = Vote.model_validate(request.form())
        story = self.archive.standing(vote.story)
        if story is None:
            raise BadInput("there is no such story")
        day = f"{now:%Y-%m-%d}"
        voters = self.seal.network_hash(f"{day} {request.network}")
        back = (addresses.story(story.slug), "Back to the story")
        if not self.readers.take(f"votes {voters} {vote.story}", now, self.limits.votes_per_network_and_story, "day"):
            told = "Votes from your network on this story are counted already today."
            return notice(self.house, 200, "Thank you", told, link=back)
        if not self.readers.take(f"votes {voters}", now, self.limits.votes_per_network_and_day, "day"):
            return self._too_many()
        self.archive.add_vote(day, vote.story, vote.useful == "yes")
        return notice(self.house, 200, "Thank you", "Your vote is counted; nothing about you is kept.", link=back)

    def _report(self, request: Request, now: datetime) -> Answer:
        _own_pages_only(request)
        given = GivenReport.model_validate(request.form())
        story = self.archive.standing(given.story)
        if story is None or given.version > story.version:
            raise BadInput("there is no such story, or no such version of it")
        network = self._network(request)
        if not self.readers.take(f"reports {network}", now, self.limits.reports_per_network_and_hour):
            return self._too_many()
        asking = self.subscribing.admit(given.email, network, now) if given.email else None
        if given.email and asking is None:
            return self._too_many()
        report = received(given, network, now, asking.subscriber_id if asking else "")
        try:
            report = self.archive.report(report.id)
        except NotFound:
            self.archive.store_report(report)
        if asking:
            self.subscribing.want_reply(asking, report, now)
        return notice(
            self.house,
            200,
            "Thank you: we look into it",
            f"Your report is {report.id}. We acknowledge it within 24 hours and correct a confirmed error within 48.",
            *([REPLY_PROMISE] if asking else []),
            link=(f"/api/report?id={report.id}", "Follow its state"),
        )

    def _show_report(self, request: Request, _now: datetime) -> Answer:
        report_id = request.query().get("id", "").strip().upper()
        try:
            if not is_report_id(report_id):
                raise NotFound("is no report", about=report_id[:40])
            report = self.archive.report(report_id)
        except NotFound:
            return notice(
                self.house, 404, "We have no such report", "A report’s number looks like RPT-ABCDEFGHIJKLMNOP."
            )
        return report_page(self.house, report, self.archive.standing(report.story_id))

    def _network(self, request: Request) -> str:
        return self.seal.network_hash(request.network)

    def _too_many(self) -> Answer:
        title = "Too many at once"
        return notice(self.house, 429, title, "Please try again in an hour.", headers={"retry-after": "3600"})

    def _refused(self, reason: str) -> Answer:
        return notice(self.house, 400, "That did not work", f"{reason[:1].upper()}{reason[1:]}.")


def _misfilled(error: ValidationError) -> str:
    """Which field of a form of ours does not fit; a field that none of them has is not repeated to the reader."""
    name = error.errors()[0]["loc"][0]
    known = {field for form in (GivenReport, GivenSignUp, GivenPreferences, Vote) for field in form.model_fields}
    return f"the field “{name}” is empty, too long or not what the form offers" if name in known else "is not our form"


def _token(fields: Mapping[str, str]) -> str:
    text = fields.get("token", "")
    if not TOKEN.fullmatch(text):
        raise BadInput("this link is not valid, or no longer")
    return text


def _own_pages_only(request: Request) -> None:
    """Another site's page must not make a reader vote, report or sign somebody up."""
    if request.cross_site:
        raise BadInput("please use the form on our page")
