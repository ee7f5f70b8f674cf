"""The shape of a maturity model's file: its levels, or its sections of which the lowest decides."""

from __future__ import annotations

from typing import Annotated

import msgspec

# stands in every report as it is: nothing of Markdown, of terminals or of CI services can be made of it
Name = Annotated[str, msgspec.Meta(pattern=r"^\w[\w ,/&+()'-]*$", max_length=100)]
Words = Annotated[str, msgspec.Meta(max_length=1000)]
Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")]
Number = Annotated[int, msgspec.Meta(ge=0)]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the ladder; ``required`` are its items, each a list of capabilities of which any will do.

    ``recommended`` are capabilities that belong to it too. ``colour`` is that of its badge, as ``#rrggbb``. ``means``,
    ``worth`` and ``gives`` say what it is, when it is worth having, and what for. In a model with sections, the lowest
    section must have more points than ``above``. ``use_cases`` is from how many on it pays; 0 says nothing of it.
    """

    number: Number
    name: Name
    colour: Colour
    required: tuple[tuple[str, ...], ...] = ()
    recommended: tuple[str, ...] = ()
    means: Words = ""
    worth: Words = ""
    gives: Words = ""
    above: Number = 0
    use_cases: Number = 0


class Unseen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a level asks and a repository cannot show, and why not."""

    level: Number
    item: Name
    why: Words


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point of a section: the capabilities that all earn it, or ``why`` a repository cannot show it."""

    name: Name
    all: tuple[str, ...] = ()
    why: Words = ""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a model whose points are added up; see `points`."""

    name: Name
    item: tuple[Item, ...]

    def shown(self) -> tuple[Item, ...]:
        """Return the items that a repository can show."""
        return tuple(item for item in self.item if item.all)

    def points(self, present: frozenset[str]) -> int:
        """Return how many items are earned."""
        return sum(present.issuperset(item.all) for item in self.shown())


class Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A maturity model.

    ``share`` is the part of a level's required items, as a fraction, that reaches it. With ``leaps``, a ladder that
    stops although the level after the next is complete is one step higher. Where there are sections, the lowest of
    those of which a repository shows anything decides instead. ``id`` is the name or file by which it was asked for.
    """

    name: Name
    source: Words
    level: tuple[Level, ...]
    share: tuple[Positive, Positive] = (1, 1)
    leaps: bool = False
    unseen: tuple[Unseen, ...] = ()
    section: tuple[Section, ...] = ()
    id: str = ""

    @property
    def top(self) -> int:
        """The number of the highest level."""
        return self.level[-1].number

    def groups(self) -> dict[str, int]:
        """Return each capability with the number of its level, or of its first section, counted from 1."""
        found: dict[str, int] = {}
        for number, section in enumerate(self.section, 1):
            for item in section.item:
                found.update({name: number for name in item.all if name not in found})
        for level in self.level:
            named = (*(name for item in level.required for name in item), *level.recommended)
            found.update({name: level.number for name in named if name not in found})
        return found

    def heading(self, group: int) -> str:
        """Return the title of a level, or section, by its number."""
        if self.section:
            return f"Section {group}: {self.section[group - 1].name}"
        return f"Level {group}: {self.level[group].name}"

    def items(self) -> tuple[tuple[str, ...], ...]:
        """Return what is required, each item the capabilities of which any will do."""
        of_sections = {(name,) for section in self.section for item in section.item for name in item.all}
        return (*(item for level in self.level for item in level.required), *sorted(of_sections))

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Return what the model asks and a repository cannot show, each with the reason."""
        of_sections = ((item.name, item.why) for section in self.section for item in section.item if not item.all)
        return (*((unseen.item, unseen.why) for unseen in self.unseen), *of_sections)
