"""How does a level, a basis or a state look: always colour and shape and word together."""

from __future__ import annotations

from analytics import words
from pages.parts.markup import Safe, tag

#: the shape of each level; its colour is the class in style.css, its word is in analytics.words
SHAPES = {"red": "●", "orange": "▲", "yellow": "◆", "blue": "■"}
#: risk class → shape and the colour's class; calm is the absence of colour
CLASSES = {
    "高": ("●", "red"),
    "较高": ("▲", "orange"),
    "一般": ("◇", "calm"),
    "低": ("□", "calm"),
    words.NO_EVIDENCE: ("○", "none"),
}
#: recommendation → arrow and the chip's class
ADVICE = {
    "优先列入计划": ("↑", "first"),
    "按计划抽查": ("→", "plan"),
    "降低频次": ("↓", "less"),
    words.NO_EVIDENCE: ("○", "none"),
}


def level_mark(level: str) -> Safe:
    """Shape in the level's colour, then its word."""
    word = f"{words.LEVELS[level]}色" if level in words.LEVELS else words.NO_EVIDENCE
    return tag("span", tag("i", SHAPES.get(level, "○"), aria_hidden="true"), word, class_=f"xj-level xj-{level}")


def basis_mark(basis: str) -> Safe | None:
    """「依据待定」 where a rule rests on an assumption; nothing where it rests on law."""
    return (
        tag("span", words.BASES["assumption"], class_="xj-assumed", title="这条规则的口径尚无明文依据，待市局确定")
        if basis == "assumption"
        else None
    )


def status_mark(status: str) -> Safe:
    """The state of a warning as a quiet word."""
    return tag("span", words.STATUSES.get(status, status), class_=f"xj-status xj-status-{status}")


def class_mark(risk_class: str) -> Safe:
    """A risk class: shape, in colour where it is high, then the word."""
    shape, colour = CLASSES.get(risk_class, CLASSES[words.NO_EVIDENCE])
    return tag("span", tag("i", shape, aria_hidden="true"), risk_class, class_=f"xj-level xj-{colour}")


def advice_mark(recommendation: str, large: bool = False) -> Safe:
    """What is proposed for the plan of inspections: its arrow, then the words; as a filled chip where it is the answer."""
    shape, sort = ADVICE.get(recommendation, ADVICE[words.NO_EVIDENCE])
    size = " xj-advice-large" if large else ""
    return tag("span", tag("i", shape, aria_hidden="true"), recommendation, class_=f"xj-advice xj-advice-{sort}{size}")


#: word of a light → shape and the colour's class; calm is the absence of colour
LIGHTS = {"达标": ("□", "calm"), "关注": ("◆", "yellow"), "落后": ("●", "red")}


def light_mark(word: str) -> Safe:
    """How a rate stands to the proposed limits: shape, in colour where it falls behind, then the word."""
    shape, colour = LIGHTS[word]
    return tag("span", tag("i", shape, aria_hidden="true"), word, class_=f"xj-level xj-{colour}")
