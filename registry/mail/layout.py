"""The form of a mail: paragraphs, headings and lists, as plain text and as HTML.

A mail's text marks a heading with `# ` and an item of a list with `- ` at the start of a line;
an empty line ends a paragraph.
"""

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

HEADING, ITEM = "# ", "- "
EMPTY_LINE = re.compile(r"\n\s*\n")
# The two sites of TRACES NT (S07, S08): the only hosts that a mail links to. What follows
# an address must not turn it into another one (webgate.ec.europa.eu.example.com).
LINK = re.compile(
    r"(https://webgate\.(?:training\.)?ec\.europa\.eu(?:/(?:[\w/.-]*[\w/])?)?(?![\w@:/-]|\.\w))"
)


@dataclass(frozen=True)
class Block:
    """A piece of a mail: `kind` is the mark that its lines had, empty for a paragraph."""

    kind: str
    lines: tuple[str, ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The pieces of `text`, in their order."""
    return tuple(
        Block(kind, tuple(line.removeprefix(kind) for line in lines))
        for part in EMPTY_LINE.split(text.strip())
        for kind, lines in groupby(part.splitlines(), _mark_of)
    )


def as_text(blocks: tuple[Block, ...]) -> str:
    """The mail for programs that show plain text; a heading stands right above its piece."""
    written = ""
    for block in blocks:
        mark = ITEM if block.kind == ITEM else ""
        written += "".join(f"{mark}{line}\n" for line in block.lines)
        written += "" if block.kind == HEADING else "\n"
    return written.rstrip("\n") + "\n"


def as_html(blocks: tuple[Block, ...], title: str, language: str) -> str:
    """The same mail as a page without any image, script or address to load from."""
    content = "\n".join(_html_of(block) for block in blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">\n'
        f"<h1>{escape(title)}</h1>\n{content}\n</body>\n</html>\n"
    )


def _mark_of(line: str) -> str:
    return next((mark for mark in (HEADING, ITEM) if line.startswith(mark)), "")


def _html_of(block: Block) -> str:
    lines = [_linked(line) for line in block.lines]
    if block.kind == HEADING:
        return f"<h2>{lines[0]}</h2>"
    if block.kind == ITEM:
        items = "\n".join(f"<li>{line}</li>" for line in lines)
        return f"<ul>\n{items}\n</ul>"
    paragraph = "<br>\n".join(lines)
    return f"<p>{paragraph}</p>"


def _linked(line: str) -> str:
    """The line escaped, its addresses of the two sites as links."""
    # The pieces of the split are text and address by turns.
    return "".join(
        f'<a href="{escape(piece)}">{escape(piece)}</a>' if is_address % 2 else escape(piece)
        for is_address, piece in enumerate(LINK.split(line))
    )
