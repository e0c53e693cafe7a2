"""The elements of a plain XML file split in whole columns, several times as quick as a parser tells of them.

Plain is what every export of a return is: tags that are bare names, each closed in its turn, and text between
them. Of anything else, and of all that is not well-formed, `split_in_columns` gives nothing: the parser has
to read it, and to say what is wrong. So nothing is taken for plain here that the parser refuses.
"""

import re
from typing import cast

import polars as pl

ROOT_PARENT = -1
MOST_ELEMENTS = 100_000_000
DEEPEST = 40

_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml\ version=(?P<a>["'])1\.0(?P=a)
    (?:\ encoding=(?P<b>["'])(?P<encoding>(?i:utf-8|us-ascii))(?P=b))?
    (?:\ standalone=(?P<c>["'])(?:yes|no)(?P=c))?\ ?\?>)?""",
    re.VERBOSE,
)
_BLANK = " \t\n"
_ODD = b"<>" + bytes(code for code in range(32) if chr(code) not in _BLANK)
_USUAL = bytes(code for code in range(256) if code not in _ODD)
_ONE_MARK = bytes.maketrans(b">", b"<")
_TAG = re.compile(r"(?P<closes>/?)(?P<name>[A-Za-z_:][A-Za-z0-9_.:-]*)[ \t]*(?P<is_empty>/?)")
_NAMED_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SIGN = re.compile(rf"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|({'|'.join(_NAMED_SIGNS)}));")
_CHARACTERS = ((9, 10, 13), range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))


def split_in_columns(data: bytes) -> pl.DataFrame | None:
    """The elements in the order of the file: tag, parent (a row, -1 for the outermost), line, text (or null).

    None where the file is not plain, is damaged, or nests or repeats elements as no return does.
    """
    tokens = _tokens(data)
    if tokens is None or not _is_one_tree(tokens) or _has_text_beside_elements(tokens):
        return None
    return _with_parents(tokens.filter(tokens["step"] >= 0))


def _tokens(data: bytes) -> pl.DataFrame | None:
    """Each tag with the text behind it, in the order of the file; None where the file is not plain.

    `step` is 1 where the tag opens, -1 where it closes and 0 where it does both; `name` is its name and
    `number` one for each name, `depth` how many elements are open around it, `line` where it stands.
    """
    parts = _parted(data)
    if parts is None or parts.len() < 3 or parts[0].strip(_BLANK) or parts[-1].strip(_BLANK):
        return None
    tags, texts = parts.gather_every(2, 1), parts.gather_every(2, 2)
    own = pl.Categorical(pl.Categories.random())  # a number for each different tag
    frame = pl.DataFrame({"tag": tags, "text": texts}).select(
        pl.col("tag").cast(own),
        pl.col("text").str.strip_chars(),
        pl.col("text").str.count_matches("\n", literal=True).cast(pl.Int64).alias("lines"),
    )
    tag = frame["tag"].to_physical()
    every = pl.int_range(cast(int, tag.max()) + 1, dtype=pl.UInt32, eager=True)
    kinds = _kinds(every.cat.to(own).cast(pl.String))
    plain = _with_signs(frame["text"]) if b"&" in data else frame["text"]
    if kinds is None or plain is None:
        return None
    told = kinds[tag]
    depth = told["step"].cum_sum() - (told["step"] > 0)
    line = frame["lines"].cum_sum() - frame["lines"] + (1 + parts[0].count("\n"))
    return told.hstack([depth.alias("depth"), line.alias("line"), plain.alias("text")])


def _parted(data: bytes) -> pl.Series | None:
    """What stands before the first tag, then by turns a tag and the text behind it.

    None where they do not take turns, or a character stands there that XML or the encoding has not.
    """
    declared = _DECLARATION.match(data)
    if declared is None or ((declared["encoding"] or b"").lower() == b"us-ascii" and not data.isascii()):
        return None
    data = data[declared.end() :]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    marks = data.translate(None, _USUAL)
    if marks != b"<>" * (len(marks) // 2):
        return None
    try:
        text = data.translate(_ONE_MARK).decode()
    except UnicodeDecodeError:
        return None
    if "\ufffe" in text or "\uffff" in text:
        return None
    return pl.Series([text]).str.split("<").explode()


def _kinds(tags: pl.Series) -> pl.DataFrame | None:
    """What each of the different tags says: `step`, `name`, `number`; None where one is no bare name."""
    found = [_TAG.fullmatch(tag) for tag in tags]
    told = [one for one in found if one and not (one["closes"] and one["is_empty"])]
    if len(told) < len(found):
        return None
    numbers = {name: number for number, name in enumerate({one["name"]: None for one in told})}
    return pl.DataFrame(
        {
            "step": pl.Series(
                [-1 if one["closes"] else 0 if one["is_empty"] else 1 for one in told], dtype=pl.Int32
            ),
            "number": pl.Series([numbers[one["name"]] for one in told], dtype=pl.UInt32),
            "name": [one["name"].rpartition(":")[2] for one in told],
        }
    )


def _with_signs(texts: pl.Series) -> pl.Series | None:
    """The texts with `&amp;` and the like as the signs they stand for; None where one stands for none."""
    rows = texts.str.contains("&", literal=True).arg_true()
    plain = [_without_references(text) for text in texts[rows]]
    if None in plain:
        return None
    return texts.scatter(rows, pl.Series(plain, dtype=pl.String))


def _without_references(text: str) -> str | None:
    try:
        plain, count = _SIGN.subn(_sign, text)
    except ValueError:
        return None
    return plain if count == text.count("&") else None


def _sign(told: re.Match[str]) -> str:
    """The sign that a reference stands for in XML; HTML would read some of the numbers otherwise.

    Raises ValueError for the number of no character.
    """
    hexadecimal, decimal, name = told.groups()
    if name:
        return _NAMED_SIGNS[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not any(number in some for some in _CHARACTERS):
        raise ValueError(number)
    return chr(number)


def _is_one_tree(tokens: pl.DataFrame) -> bool:
    """Whether one element holds all others, and each is closed by its own name before the one around it."""
    steps, depths = tokens["step"], tokens["depth"]
    deepest, least = cast(int, depths.max()), cast(int, depths.min())
    if steps.sum() or least < 0 or deepest >= DEEPEST or tokens.height > 2 * MOST_ELEMENTS:
        return False
    if ((depths == 0) & (steps >= 0)).sum() != 1:
        return False
    parted = steps != 0
    numbers, depths = tokens["number"].filter(parted), depths.filter(parted)
    return all(_close_by_turns(numbers.filter(depths == depth)) for depth in range(deepest + 1))


def _close_by_turns(numbers: pl.Series) -> bool:
    """Whether of the tags at one depth, which open and close by turns, each second is named as the first."""
    return bool((numbers.gather_every(2) == numbers.gather_every(2, 1)).all())


def _has_text_beside_elements(tokens: pl.DataFrame) -> bool:
    return bool((tokens["text"].filter(tokens["step"] <= 0) != "").any())


def _with_parents(opened: pl.DataFrame) -> pl.DataFrame:
    """The elements alone, each with the row of the one that it stands in.

    The first in an element comes right after it; others have the parent of the one before at their depth.
    """
    row = pl.int_range(pl.len(), dtype=pl.Int32)
    is_first = pl.col("depth").shift(1) == pl.col("depth") - 1
    found = opened.with_columns(pl.when(is_first).then(row - 1).alias("parent"))
    return found.select(
        pl.col("name").alias("tag"),
        pl.col("parent").forward_fill().over("depth").fill_null(ROOT_PARENT),
        pl.col("line"),
        pl.when(pl.col("text") != "").then(pl.col("text")).alias("text"),
    )
