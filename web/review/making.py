"""Making a change: a form, what the change would do, and only then the change.

Everything that was typed travels with the form, so that it works without JavaScript and nothing
is kept on the way.
"""

from collections.abc import Mapping
from typing import Any, Final, cast, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.answer import AnswerKind, QuotedPassage, Resource, ResourceKind
from bot.answering.contacts import Contacts
from bot.answering.phrases import languages
from bot.answering.quoting import quotation
from bot.review.accounts.sessions import Moderator
from bot.review.changes.checks import editable, shipped_sentence
from bot.review.changes.preview import preview
from bot.review.changes.versions import CONSENTED, propose
from bot.review.database.change_tables import KINDS, KindName
from bot.review.database.tables import Record
from bot.substances.lexicon import substances
from embeddings.documents import Language
from embeddings.errors import ChangeInvalid, SafePassageError
from web.review.fields import REACHES, chosen, contact_key, payload_from
from web.review.index import ready_of
from web.review.moderators import FormDep, JudgeDep, Refused, ReviewRoute, page
from web.server.program import Program, ProgramDep

__all__ = ["router"]

router = APIRouter(prefix="/review", include_in_schema=False, route_class=ReviewRoute)

FOUND: Final = 8
ASKING: Final = ("pin", "case")
"""Kinds that are about a question."""

Fields = Mapping[str, str]


def kind_of(kind: str, moderator: Moderator) -> KindName:
    """The kind of change of an address. Raises Refused for no kind, or for one of admins."""
    if kind not in KINDS:
        raise Refused(404, "problem_not_found")
    if kind in CONSENTED and not moderator.may_administer:
        raise Refused(403, "not_yours")
    return kind


@router.get("/new/{kind}")
def form(kind: str, request: Request, program: ProgramDep, moderator: JudgeDep) -> Response:
    """The form, filled in from the record or the passage that the moderator comes from."""
    known = kind_of(kind, moderator)
    asked = request.query_params
    fields = {
        name: asked[name] for name in ("record", "q", "sentence", "replaces") if name in asked
    }
    fields |= {f"passage-{name}": "on" for name in asked.getlist("passage")[:5]}
    with program.records.reading() as session:
        record = session.get(Record, asked.get("record", ""))
    if record is not None:
        fields["question"] = record.question
        fields.setdefault("q", record.question if known in ASKING else "")
    return shown(request, program, moderator, known, fields)


@router.post("/new/{kind}")
def made(
    kind: str, request: Request, program: ProgramDep, moderator: JudgeDep, fields: FormDep
) -> Response:
    """Search for passages, show what the change would do, or make it: as the button says."""
    known = kind_of(kind, moderator)
    step = fields.get("step")
    if step not in ("preview", "apply"):
        return shown(request, program, moderator, known, fields)
    try:
        payload = payload_from(known, fields, ready_of(program).snapshot, program.wording.contacts)
    except ChangeInvalid as refused:
        return shown(request, program, moderator, known, fields, status=422, key=refused.reason)
    if step == "apply":
        source = fields.get("source") or None
        name = propose(program.records, moderator.name, payload, fields.get("remark"), source)
        program.feed.refresh()
        return RedirectResponse(f"/review/changes/{name}?said=saved", 303)
    seen = preview(program.bot, program.records, payload, fields.get("question", "").strip())
    return shown(request, program, moderator, known, fields, seen=seen)


def shown(
    request: Request,
    program: Program,
    moderator: Moderator,
    kind: KindName,
    fields: Fields,
    status: int = 200,
    key: str | None = None,
    seen: object = None,
) -> Response:
    """The page with the form, why it was refused or what the change would do."""
    more = particulars(kind, fields, program.wording.contacts)
    picked, found = picking(program, kind, fields)
    return page(
        request,
        "making.html",
        status,
        moderator=moderator,
        kind=kind,
        fields=fields,
        key=key,
        seen=seen,
        picked=picked,
        found=found,
        consent=kind in CONSENTED,
        **more,
    )


def picking(
    program: Program, kind: KindName, fields: Fields
) -> tuple[list[QuotedPassage], list[QuotedPassage]]:
    """The passages that are ticked, and those that a search brings beside them."""
    if kind not in ("pin", "case", "block"):
        return [], []
    try:
        snapshot = program.bot.ready().snapshot
        ids = [name for name in chosen(fields) if name in snapshot.by_id]
        picked = [
            quotation(
                snapshot.by_id[name],
                snapshot.documents[snapshot.by_id[name].document],
                "en",
                program.wording,
                number=number,
            )
            for number, name in enumerate(ids, start=1)
        ]
        words = fields.get("q", "").strip()[:300]
        hits = program.bot.search(words, limit=FOUND + len(ids)).passages if words else ()
    except SafePassageError:
        return [], []
    return picked, [each for each in hits if each.id not in ids][:FOUND]


def particulars(kind: KindName, fields: Fields, contacts: Contacts) -> dict[str, Any]:
    """What the form of a kind offers to choose from."""
    if kind == "pin":
        return {"reaches": tuple(REACHES)}
    if kind == "case":
        return {"answers": get_args(AnswerKind)}
    if kind in ("block", "alias"):
        names = sorted((each.en, each.zh, each.id) for each in substances().values())
        return {"substances": names}
    if kind == "phrase":
        return {
            "sentences": [(key, tongue) for key in editable() for tongue in languages()],
            "before": before(fields.get("sentence", "")),
        }
    key, known = contact_key(fields.get("replaces", "")), contacts.by_key()
    return {
        "contacts": known,
        "kinds": get_args(ResourceKind),
        "tongues": languages(),
        "old": filled(known.get(key, ()) if key else ()),
    }


def before(sentence: str) -> str:
    """The sentence that a form speaks of, as it ships; empty where there is none."""
    key, _, language = sentence.rpartition("|")
    try:
        return shipped_sentence(key, cast(Language, language))
    except (ChangeInvalid, KeyError):
        return ""


def filled(rows: tuple[Resource, ...]) -> dict[str, str]:
    """The fields of a form for a contact that is there."""
    if not rows:
        return {}
    first = rows[0]
    one = {name: getattr(first, name) for name in ("region", "kind", "phone", "reach", "source")}
    said = {
        f"{name}-{tongue}": getattr(row, name) or ""
        for name in ("name", "hours", "note")
        for tongue, row in zip(languages(), rows, strict=True)
    }
    return one | said
