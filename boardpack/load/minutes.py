"""minutes.yaml -> Minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from boardpack.diagnostics import Finding
from boardpack.load.boards import build_people, build_plan_entry, no_day
from boardpack.load.fields import Fields
from boardpack.load.files import check_picture, find_file
from boardpack.model.board import Board, PlanEntry
from boardpack.model.minutes import Action, ActionState, Entry, Minutes
from boardpack.model.text import Text, links
from boardpack.model.tree import Tree

_STATES = {state.value: state for state in ActionState}


def build_minutes(tree: Tree, board: Board, following: date | None, found: list[Finding]) -> Minutes:
    """The minutes that a tree describes; what the schema has a finding for is left out.

    ``following`` is the day of the meeting after this one, by which actions are due that say ``next``.
    """
    fields = Fields(tree.source, tree.root)
    entries = tuple(_entry(entry, board, following, found) for entry in fields.mappings("items"))
    return Minutes(
        path=tree.source.path,
        at=fields.at,
        confirmed=fields.string("status") == "confirmed",
        present=build_people(fields, "present", board),
        in_attendance=build_people(fields, "in_attendance", board),
        apologies=build_people(fields, "apologies", board),
        entries=entries,
        files=(tree.source.path, *_pictures(tree.source.path.parent, entries, found)),
    )


def _entry(fields: Fields, board: Board, following: date | None, found: list[Finding]) -> Entry:
    return Entry(
        item=fields.string("item"),
        title=fields.text("title"),
        under=fields.string("under"),
        discussion=fields.text("discussion"),
        resolved=fields.texts("resolved") if fields.says("resolved") else None,
        actions=tuple(_actions(fields, board, following, found)),
        at=fields.at,
    )


def _actions(entry: Fields, board: Board, following: date | None, found: list[Finding]) -> Iterator[Action]:
    for fields in entry.mappings("actions"):
        action = fields.text("action")
        if action is None:
            continue
        at_next = fields.string("due") == "next"
        if fields.says("due") and not at_next and fields.day("due") is None:
            found.append(no_day(fields.string("due"), fields.place("due") or fields.at))
        yield Action(
            id=fields.string("id"),
            of=fields.string("of"),
            action=action,
            owners=build_people(fields, "owner", board),
            due=following if at_next else fields.day("due"),
            due_next=at_next,
            state=_STATES.get(fields.string("status"), ActionState.OPEN),
            plan=_plan(fields, action, found),
            at=fields.at,
        )


def _plan(action: Fields, words: Text, found: list[Finding]) -> PlanEntry | None:
    plan = action.mapping("forward_plan")
    return build_plan_entry(plan, plan.text("title") or words, found) if plan else None


def _pictures(folder: Path, entries: tuple[Entry, ...], found: list[Finding]) -> Iterator[Path]:
    """The pictures that discussions show: ``![alt](figures/x.png)``."""
    for text in (entry.discussion for entry in entries if entry.discussion):
        for link in links(text) if "![" in text.value else ():
            if link.picture and ":" not in link.target:
                at = link.at.find(link.target)
                if path := find_file(folder, link.target, at, found):
                    check_picture(path, at, found)
                    yield path
