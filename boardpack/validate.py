"""Trees and JSON Schemas -> findings about the shape of the files, in words for committee officers.

The schemas serve the editors too. Here they are compiled once, by jsonschema-rs; what it says of a fault is
read from the kind of the fault and from the schema at its place, never from its text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jsonschema_rs

from boardpack.diagnostics import Finding, MissingError, Place, finding
from boardpack.model.naming import name_of, noun_of
from boardpack.model.tree import Tree

Schema = Mapping[str, Any]

_KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "object": "keys with values",
    "array": "a list",
    "null": "empty",
}
_REMEDIES = {
    "array": "start each entry on a line of its own, indented, with `- `",
    "boolean": "write `true` for yes and `false` for no",
    "integer": "write the figure alone",
    "object": "write the keys on the lines below, indented",
}
"""What to do where only one kind of value is allowed."""

_FORMS = {
    "date": "a date such as 2010-03-11",
    "time": "a time of day such as 9:30 or 14:00",
    "file": "a file beside this one, written as folder/name",
    "folder": "the folder of a meeting, such as 2010-03-11",
}
"""What the definitions with a pattern stand for; the others are described by their help alone."""

_OF_NAMES = frozenset(("additionalProperties", "propertyNames"))
"""The kinds of fault that lie in a key's name, whatever the key holds."""

_NEVER_EMPTY = frozenset(("exempt", "confidential"))
"""Keys whose being there may mean that a paper must be withheld: nobody may take them as not said."""

_SIGNS = {"id": "small letters, digits and hyphens", "key": "letters, digits, hyphens and underscores"}
"""What the names that authors choose may hold."""


def check(trees: Sequence[Tree], schemas: Path) -> list[Finding]:
    """Every finding of the schemas in these trees, each at the smallest place that is at fault."""
    compiled: dict[str, tuple[jsonschema_rs.Validator, Schema]] = {}
    found: list[Finding] = []
    for tree in trees:
        if tree.kind not in compiled:
            compiled[tree.kind] = _compile(schemas / f"{tree.kind}.schema.json")
        validator, schema = compiled[tree.kind]
        if not validator.is_valid(tree.data):
            found.extend(_findings(tree, validator, schema))
    return found


def _compile(path: Path) -> tuple[jsonschema_rs.Validator, Schema]:
    try:
        schema = json.loads(path.read_bytes())
        return jsonschema_rs.validator_for(schema, validate_formats=True, offline=True), schema
    except OSError as error:
        raise MissingError(f"the schema {path} cannot be read: {error.strerror}; see --schemas") from error
    except ValueError as error:
        raise MissingError(f"the schema {path} is broken: {error}") from error


def _findings(tree: Tree, validator: jsonschema_rs.Validator, schema: Schema) -> Iterator[Finding]:
    """One finding for each place, but for one each of several keys that are missing or unknown there."""
    seen: set[tuple[str, int]] = set()
    for error in _errors(tree, validator):
        for fault in _Fault(tree, schema, error).findings():
            place = fault.place
            key = (fault.message if fault.code.endswith("-key") else fault.code, place.start if place else 0)
            if key not in seen:
                seen.add(key)
                yield fault


def _errors(tree: Tree, validator: jsonschema_rs.Validator) -> Iterator[jsonschema_rs.ValidationError]:
    """What the schema says of the file as if its empty keys were not there, which must be known keys all the same."""
    yield from (error for error in validator.iter_errors(tree.data) if error.kind.name in _OF_NAMES)
    yield from (error for error in validator.iter_errors(_said(tree.data)) if error.kind.name not in _OF_NAMES)


def _said(value: object) -> object:
    """The data without the keys that hold nothing, as they are left over where a file was begun from a skeleton."""
    if isinstance(value, dict):
        return {key: _said(below) for key, below in value.items() if below is not None or key in _NEVER_EMPTY}
    return [_said(below) for below in value] if isinstance(value, list) else value


class _Fault:
    """One error of the validator, with the tree and the schema that it is about."""

    def __init__(self, tree: Tree, schema: Schema, error: jsonschema_rs.ValidationError) -> None:
        self.tree = tree
        self.schema = schema
        self.kind: Any = error.kind
        self.path: list[str | int] = list(error.instance_path)
        self.value = error.instance
        self.parts = list(_parts(schema, error.evaluation_path))

    def findings(self) -> Iterator[Finding]:
        reader = _READERS.get(self.kind.name, _other)
        yield from reader(self)

    @property
    def place(self) -> Place:
        return self.tree.place(self.path)

    @property
    def name(self) -> str:
        """What to call the value: its key; "the second of `purpose`" for an item of a list."""
        return name_of(self.path)

    @property
    def local(self) -> Schema:
        """The schema that the value broke."""
        return self.parts[-1] if self.parts else self.schema

    def purpose(self) -> str:
        """What the schema says that this value is for."""
        used_at = self.parts[-2] if len(self.parts) > 1 and "$ref" in self.parts[-2] else self.local
        return _help_from(used_at, *reversed(self.parts))

    def form(self) -> str:
        """What the schema says that this value looks like."""
        return _help_from(self.local, *reversed(self.parts))

    def typed(self) -> str:
        """What stands in the file, such as 6.10; empty for a list or a mapping."""
        return self.tree.typed(self.path)

    def typed_keys(self) -> list[str]:
        """The keys that stand in the file at this place, those that hold nothing too."""
        value: Any = self.tree.data
        for step in self.path:
            value = value[step]
        return list(value) if isinstance(value, dict) else []

    def definition(self) -> str:
        """The name under which the broken schema is defined: date, time, id."""
        definitions: Mapping[str, Any] = self.schema.get("$defs", {})
        return next((name for name, each in definitions.items() if each is self.local), "")


def _help_from(*parts: Schema) -> str:
    """The first sentence of the first description."""
    texts = (part["description"] for part in parts if "description" in part)
    sentence, stop, _ = str(next(texts, "")).partition(". ")
    sentence = sentence if stop else sentence.removesuffix(".")
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _parts(schema: Schema, path: Sequence[str | int]) -> Iterator[Schema]:
    """The schemas on the way to a keyword, references followed; the last one holds the keyword."""
    here: Any = schema
    yield schema
    for step in path[:-1]:
        here = schema["$defs"][here["$ref"].rpartition("/")[2]] if step == "$ref" else here[step]
        if isinstance(here, dict) and step not in ("properties", "$defs", "propertyNames"):
            yield here


def _unknown_key(fault: _Fault) -> Iterator[Finding]:
    known = list(fault.local.get("properties", {}))
    present = fault.value if isinstance(fault.value, dict) else {}
    for key in fault.kind.unexpected:
        near = get_close_matches(str(key).lower(), known, n=1, cutoff=0.6)
        left = [each for each in known if each not in present]
        if near:
            help = f"did you mean `{near[0]}`?"
        elif len(left) <= 12:
            help = f"known here: {', '.join(f'`{each}`' for each in known)}"
        else:
            help = "the user guide lists the keys; delete it or correct its name"
        where = _where(fault)
        place = fault.tree.key_place([*fault.path, key])
        yield finding("unknown-key", place, f"`{key}` is not a key of {where}", help)


def _where(fault: _Fault) -> str:
    """What holds the keys: the file, or the thing that the schema calls so."""
    keys = [step for step in fault.path if isinstance(step, str)]
    if not fault.path:
        return f"a {fault.tree.kind}"
    title = fault.local.get("title")
    if isinstance(fault.path[-1], int) and isinstance(title, str):
        noun = noun_of(fault.path)
        return f"a {noun} of {name_of(fault.path[:-2])}" if noun else f"an item of `{keys[-1]}`"
    return f"`{keys[-1]}`"


def _missing_key(fault: _Fault) -> Iterator[Finding]:
    key = fault.kind.property
    known = fault.local.get("properties", {})
    present = fault.typed_keys()
    if get_close_matches(key, [each for each in present if each not in known], n=1):
        return  # it is there, misspelt, and has a finding as an unknown key
    how = "empty" if key in present else "missing"
    message = f"`{key}` is {how}" if not fault.path else f"`{key}` is {how} in {fault.name}"
    place = fault.tree.key_place(fault.path) if fault.path else fault.place
    if key in present:
        place = fault.tree.key_place([*fault.path, key])
    # `then: {required: …}` stands beside the properties, not above them.
    about = (part["properties"][key] for part in reversed(fault.parts) if key in part.get("properties", {}))
    text = _help_from(*about)
    yield finding("missing-key", place, message, f"write `{key}:` with {text}" if text else f"write `{key}:`")


def _wrong_type(fault: _Fault) -> Iterator[Finding]:
    meant = _FORMS.get(fault.definition())
    wanted = [meant] if meant else [_KINDS[kind] for kind in _types(fault)]
    if fault.value is None:
        message = f"{fault.name} is empty; it must be {_or(wanted)}"
        help = _help(fault) + "; or delete the key" * isinstance(fault.path[-1], str)
        yield finding("wrong-type", fault.tree.key_place(fault.path), message, help)
        return
    message = f"{fault.name} must be {_or(wanted)}"
    unit = " of minutes" if fault.path and fault.path[-1] == "duration" else ""
    yield finding("wrong-type", fault.place, message + unit + _got(fault), _help(fault))


def _belongs(fault: _Fault) -> str:
    purpose = fault.purpose()
    return f"what belongs here: {purpose}" if purpose else ""


def _types(fault: _Fault) -> list[str]:
    """The kinds that are allowed; text and a number are one to people, since a figure is text too."""
    kinds = fault.local.get("type", fault.kind.types)
    listed = [kinds] if isinstance(kinds, str) else list(kinds)
    return [kind for kind in listed if kind != "number" or "string" not in listed]


def _got(fault: _Fault) -> str:
    if isinstance(fault.value, dict):
        return ", not keys with values"
    if isinstance(fault.value, list):
        return ", not a list"
    typed = fault.typed()
    return f", not `{typed}`" if len(typed) <= 30 and "\n" not in typed else ", not text"


def _help(fault: _Fault) -> str:
    if isinstance(fault.value, dict) and not fault.value and fault.typed_keys():
        return "put quotation marks around a text that starts with `{`"
    wanted = _types(fault)
    if isinstance(fault.value, bool) and "string" in wanted:
        return "put quotation marks around the word if it is meant as text"
    if len(wanted) == 1 and wanted[0] in _REMEDIES:
        return _REMEDIES[wanted[0]]
    return _belongs(fault)


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _not_one_of(fault: _Fault) -> Iterator[Finding]:
    options = [str(option) for option in fault.local.get("enum", fault.kind.options)]
    typed = fault.typed()
    near = get_close_matches(typed.lower(), options, n=1)
    shown = f"`{typed}`" if len(typed) <= 40 and "\n" not in typed else "the value"
    message = f"{shown} is not a value that {fault.name} may have"
    listed = _or([f"`{option}`" for option in options] + ["a plain figure"] * _figures_allowed(fault))
    help = f"did you mean `{near[0]}`? it may be {listed}" if near and len(options) > 1 else f"it may be {listed}"
    yield finding("wrong-value", fault.place, message, help)


def _figures_allowed(fault: _Fault) -> bool:
    """Whether the words are one choice and a figure another, as in a column's `total`."""
    return any("if" in part and "number" in part.get("type", ()) for part in fault.parts)


def _wrong_form(fault: _Fault) -> Iterator[Finding]:
    """A pattern or a format that the text does not have."""
    definition = fault.definition()
    if _is_told_elsewhere(fault, definition) or (fault.value == "" and "minLength" in fault.local):
        return
    if "{first}" in str(fault.local.get("pattern")).replace("\\", "") and fault.path[-2:-1] == ["paper_column"]:
        yield _wrong_wording(fault)
        return
    meant = _FORMS.get(definition)
    message = (
        f"`{fault.value}` is not {meant}" if meant else f"`{fault.value}` is not a value that {fault.name} may have"
    )
    if definition in _SIGNS:
        message = f"`{fault.value}` may hold {_SIGNS[definition]} only"
    yield finding("wrong-value", fault.place, message, f"write {fault.form()}" if fault.form() else "")


def _is_told_elsewhere(fault: _Fault, definition: str) -> bool:
    """Whether the loader, which knows the folder, has a finding for this text: the name of a file or of a paper."""
    names_file = definition == "file" and fault.tree.kind == "paper"
    names_paper = fault.path[-1:] == ["paper"] and fault.tree.kind in ("meeting", "paper")
    return (names_file or names_paper) and bool(str(fault.value).strip())


def _wrong_wording(fault: _Fault) -> Finding:
    """A wording of the paper column: what stands in braces is not what is put in there, or the page is missing."""
    several = "{last}" in str(fault.local.get("default"))
    if "{first}" in str(fault.value):
        message = f"{fault.name} holds braces that stand for nothing"
    else:
        message = f"{fault.name} does not say where the page number stands"
    help = "write `{first}` for the first page's number and `{last}` for the last one's"
    return finding("wrong-value", fault.place, message, help if several else "write `{first}` for the page's number")


def _wrong_name(fault: _Fault) -> Iterator[Finding]:
    """A key that the user chooses, such as a table's id, in a form that it may not have."""
    named = fault.kind.error
    name = str(getattr(named, "instance", fault.value))
    place = fault.tree.key_place([*fault.path, name])
    meant = _SIGNS.get(fault.definition(), "a word without spaces")
    message = f"`{name}` may hold {meant} only"
    yield finding("wrong-value", place, message, "other places use this name to refer to it; it never prints")


def _too_short(fault: _Fault) -> Iterator[Finding]:
    yield finding("wrong-value", fault.tree.key_place(fault.path), f"{fault.name} is empty", _belongs(fault))


def _too_few(fault: _Fault) -> Iterator[Finding]:
    least = fault.local.get("minItems", 1)
    if least <= 1:
        yield from _too_short(fault)
        return
    message = f"{fault.name} must name {least}, not {_length(fault)}"
    yield finding("wrong-value", fault.place, message, _belongs(fault))


def _too_many(fault: _Fault) -> Iterator[Finding]:
    message = f"{fault.name} must name {fault.local.get('maxItems')}, not {_length(fault)}"
    yield finding("wrong-value", fault.place, message, _belongs(fault))


def _length(fault: _Fault) -> int:
    return len(fault.value) if isinstance(fault.value, list) else 0


def _out_of_range(fault: _Fault) -> Iterator[Finding]:
    least, most = fault.local.get("minimum"), fault.local.get("maximum")
    span = f"between {least} and {most}" if least is not None and most is not None else ""
    span = span or (f"at least {least}" if least is not None else f"at most {most}")
    message = f"{fault.name} must be {span}, not {fault.value}"
    yield finding("wrong-value", fault.place, message, _belongs(fault))


def _repeated(fault: _Fault) -> Iterator[Finding]:
    seen: list[object] = []
    for index, value in enumerate(fault.value if isinstance(fault.value, list) else ()):
        if value in seen:
            place = fault.tree.place([*fault.path, index])
            yield finding("wrong-value", place, f"`{value}` stands twice in {fault.name}", "keep one of the two")
        seen.append(value)


def _other(fault: _Fault) -> Iterator[Finding]:
    message = f"{fault.name} has a value that it may not have"
    yield finding("wrong-value", fault.place, message, _belongs(fault))


_READERS: Mapping[str, Callable[[_Fault], Iterator[Finding]]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_one_of,
    "pattern": _wrong_form,
    "format": _wrong_form,
    "propertyNames": _wrong_name,
    "minLength": _too_short,
    "minItems": _too_few,
    "maxItems": _too_many,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "uniqueItems": _repeated,
}
"""How each kind of fault is told; any other kind still gets a finding at its place."""
