"""What do the kinds add that came after the first seven? They follow from the same story and change nothing in it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.city import duties, incidents, matters, returns, scores, standing, works
from data.city.books import title
from data.city.chance import Story
from data.city.decisions import Sheet
from data.city.faults import plant, spoiled
from data.city.lines import MATTERS

#: The streams of chance of the later kinds: appended to those of the first seven, in this order and for good.
STREAMS = ("matters", "duties", "later-faults", "standing", "incidents", "returns", "works", "scores")
Planted = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
Chances = Mapping[str, np.random.Generator]


def later(
    rng: Chances, scale: float, story: Story, sheets: Mapping[str, Sheet], planted: Mapping[str, Planted]
) -> tuple[dict[str, Planted], pd.DataFrame]:
    """All kinds with their planted faults, and the truth of the duties to report.

    `sheets` are the first seven before their faults, `planted` after.
    """
    made = _decided(rng, story)
    told, truth = duties.duties(rng["duties"], story.calendar, {**sheets, **made})
    made |= told | _known(rng, scale, story)
    wrong = {kind: plant(rng["later-faults"], kind, *sheet) for kind, sheet in made.items()}
    whole = {**planted, **wrong}
    return whole, _certain(truth, {**sheets, **made}, whole)


def _decided(rng: Chances, story: Story) -> dict[str, Sheet]:
    return {
        "coercion": matters.coercions(rng["matters"], story),
        "confirmation": matters.confirmations(rng["matters"], story),
        "reward": matters.rewards(rng["matters"], story),
    }


def _known(rng: Chances, scale: float, story: Story) -> dict[str, Sheet]:
    sections, conduct = works.works(rng["works"], story)
    return {
        "licence": standing.ledger(story),
        "rating": standing.ratings(rng["standing"], story),
        "honour": standing.honours(rng["standing"], story),
        "commitment": standing.commitments(rng["standing"], story),
        "list_entry": standing.lists(rng["standing"], story),
        "complaint": incidents.complaints(rng["incidents"], story),
        "accident": incidents.accidents(rng["incidents"], story),
        "monitoring": returns.monitoring(rng["returns"], story),
        "teaching_hours": returns.teaching(rng["returns"], story),
        "road_condition": returns.roads(rng["returns"], story, scale),
        "project_section": sections,
        "conduct": conduct,
        "evaluation_score": scores.scores(rng["scores"], story),
    }


def _certain(truth: pd.DataFrame, before: Mapping[str, Sheet], after: Mapping[str, Planted]) -> pd.DataFrame:
    """The duties of which no row was spoiled: what landing refuses is known to nobody."""
    lost = []
    for kind in (*MATTERS, "decision_register", "receipt"):
        rows = before[kind][0]
        number = rows[title(kind, "doc_no")]
        lost.append(number[spoiled(rows, after[kind][0])].astype(str))
    return truth[~truth["doc_no"].isin(pd.concat(lost))].reset_index(drop=True)
