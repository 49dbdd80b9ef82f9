"""How does the same judgement look and last in pandera, written as its manual advises: whole columns, lazily, one schema?

Run as a process of its own: `python -m bench.pandera_peer FILE` prints one JSON document with seconds, memory and the rejected
rows. Lists, lengths and required fields are read from the standard; the checks between columns are written out.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from bench.machine import peak_mib
from bench.penalties import COLUMNS, RECEIVED_ON
from data.identifiers.judge import ORG_ALPHABET, ORG_WEIGHTS, PROVINCES, RID_CHECKS, RID_WEIGHTS, USCC_ALPHABET, USCC_WEIGHTS
from data.standard import load_standard

STANDARD = load_standard("penalty")
TITLE = {spec.name: spec.title for spec in STANDARD.fields[:COLUMNS]}
NO_CODE = "00000000000000000X"
_MASKED = r"[*＊×✱某\r\n]|[?？]{2}|(?i:test)|测试"
_FINE = r"罚款[^0-9。；;没]{0,24}?([0-9][0-9,]*(?:\.[0-9]+)?)"
WARN = "warn: "


def schema():
    """The standard's penalty as one pandera schema; checks named `warn: …` do not reject."""
    import pandera.pandas as pandera

    columns = {spec.title: _column(pandera, spec) for spec in STANDARD.fields[:COLUMNS]}
    return pandera.DataFrameSchema(columns, checks=_between(pandera), strict=True)


def judge(path: Path) -> dict[str, object]:
    """Read the file, judge it, and say how long either took and which rows (from 0) are rejected."""
    import pandera.pandas as pandera

    whole = schema()
    started = time.perf_counter()
    frame = pd.read_csv(path, encoding="gb18030", dtype=str)
    read = time.perf_counter()
    try:
        whole.validate(frame, lazy=True)
        rejected: list[int] = []
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        hard = cases[~cases["check"].astype(str).str.startswith(WARN)]
        rejected = sorted({int(row) for row in hard["index"].dropna()})
    done = time.perf_counter()
    return {
        "read": read - started,
        "check": done - read,
        "seconds": done - started,
        "peak_mib": peak_mib(),
        "rejected": rejected,
    }


def _column(pandera, spec):
    """One column: dates and numbers by form, listed words, length, codes; required means not null."""
    checks = []
    if spec.length:
        checks.append(pandera.Check(lambda s: s.str.len() <= spec.length, name="length"))
    if spec.codes is not None:
        words = "|".join(spec.codes.values)
        form = f"(?:{words})(?:;(?:{words}))*" if spec.several else f"(?:{words})"
        checks.append(
            pandera.Check(lambda s: s.str.fullmatch(form), name=f"{'' if spec.list_severity == 'error' else WARN}list")
        )
    if spec.type == "date":
        checks.append(pandera.Check(lambda s: _days(s).notna(), name="date"))
    if spec.type == "decimal":
        checks.append(pandera.Check(lambda s: pd.to_numeric(s, errors="coerce").notna(), name="number"))
    if spec.name in ("subject_name", "legal_rep"):
        checks.append(pandera.Check(lambda s: ~s.str.contains(_MASKED), name="no-mask"))
    if spec.name in ("uscc", "authority_code", "source_unit_code"):
        checks.append(pandera.Check(_good_uscc, name="code"))
    if spec.name in ("authority_code", "source_unit_code"):
        checks.append(pandera.Check(lambda s: s.str.startswith("1"), name="first"))
    if spec.name == "org_code":
        checks.append(pandera.Check(_good_organisation, name=f"{WARN}code"))
    if spec.name == "content":
        checks.append(pandera.Check(lambda s: ~s.str.contains("不予(?:行政)?处罚"), name="no-words"))
    return pandera.Column(str, checks=checks, nullable=not spec.required)


def _between(pandera):
    """The checks that look at several columns."""

    def row(name, told):
        return pandera.Check(lambda df: told(lambda field: df[TITLE[field]]), name=name, ignore_na=False)

    return [
        row("uscc-required", lambda f: ~(f("subject_category").isin(["法人及非法人组织", "个体工商户"]) & f("uscc").isna())),
        row("placeholder", lambda f: ~(f("uscc").eq(NO_CODE) & (f("subject_category").ne("个体工商户") | f("reg_no").isna()))),
        row("id-type", lambda f: ~(f("subject_category").eq("自然人") & f("id_type").isna())),
        row("id-no", lambda f: ~(f("subject_category").eq("自然人") & f("id_no").isna())),
        row("identity", lambda f: ~(f("id_type").eq("身份证") & f("id_no").notna()) | _good_identity(f("id_no"))),
        row("decided", lambda f: _days(f("decision_date")).between("1990-01-01", str(RECEIVED_ON)) | f("decision_date").isna()),
        row("valid", lambda f: ~(_days(f("valid_until")) < _days(f("decision_date")))),
        row("publish", lambda f: ~(_days(f("publish_until")) < _days(f("decision_date")))),
        row("fine", lambda f: ~f("penalty_kinds").str.contains("罚款", na=False) | (_numbers(f("fine_wan")) > 0)),
        row(
            "licence",
            lambda f: ~(f("penalty_kinds").str.contains("暂扣许可证件|吊销许可证件", na=False) & f("suspended_licence").isna()),
        ),
        row(
            f"{WARN}person", lambda f: ~(f("subject_category").isin(["法人及非法人组织", "个体工商户"]) & f("legal_rep").isna())
        ),
        row(
            f"{WARN}person-id",
            lambda f: ~f("legal_rep_id_type").eq("身份证") | f("legal_rep_id").isna() | _good_identity(f("legal_rep_id")),
        ),
        row(
            f"{WARN}prefix",
            lambda f: ~(f("uscc").str.startswith("91", na=False) & f("subject_category").isin(["自然人", "个体工商户"])),
        ),
        row(
            f"{WARN}confiscated",
            lambda f: ~f("penalty_kinds").str.contains("没收", na=False) | (_numbers(f("confiscation_wan")) > 0),
        ),
        row(f"{WARN}amount", lambda f: ~((_numbers(f("fine_wan")) * 10_000 - _spoken(f("content"))).abs() > 0.005)),
        row("repeated", lambda f: ~pd.concat([f("authority_code"), f("doc_no"), f("uscc"), f("reg_no")], axis=1).duplicated()),
    ]


def _days(s: pd.Series) -> pd.Series:
    return pd.to_datetime(s, format="%Y-%m-%d", errors="coerce")


def _numbers(s: pd.Series) -> pd.Series:
    return pd.to_numeric(s, errors="coerce")


def _spoken(s: pd.Series) -> pd.Series:
    return _numbers(s.str.extract(_FINE, expand=False).str.replace(",", "", regex=False))


def _marks(s: pd.Series, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Signs as code points, shape n × width, and where the text has just that width and is ASCII."""
    texts = s.fillna("").to_numpy(dtype=str)
    fits = np.char.str_len(texts) == width
    marks = np.ascontiguousarray(texts.astype(f"U{width}")).view(np.uint32).reshape(len(s), width)
    return np.where(marks < 128, marks, 0), fits & (marks < 128).all(axis=1)


def _values(alphabet: str, marks: np.ndarray) -> np.ndarray:
    table = np.full(128, -1)
    table[[ord(sign) for sign in alphabet]] = np.arange(len(alphabet))
    return table[marks]


def _good_uscc(s: pd.Series) -> pd.Series:
    marks, fits = _marks(s, 18)
    value = _values(USCC_ALPHABET, marks)
    organisation = _organisation(marks[:, 8:17])
    good = fits & (value >= 0).all(axis=1) & (value[:, 17] == (31 - value[:, :17] @ np.array(USCC_WEIGHTS) % 31) % 31)
    return pd.Series(good & organisation, index=s.index) | s.eq(NO_CODE)


def _good_organisation(s: pd.Series) -> pd.Series:
    marks, fits = _marks(s, 9)
    return pd.Series(fits & _organisation(marks), index=s.index)


def _organisation(marks: np.ndarray) -> np.ndarray:
    value = _values(ORG_ALPHABET, marks[:, :8])
    wanted = np.frombuffer(b"0123456789X0", np.uint8)[11 - value @ np.array(ORG_WEIGHTS) % 11]
    return (value >= 0).all(axis=1) & (marks[:, 8] == wanted)


def _good_identity(s: pd.Series) -> pd.Series:
    marks, fits = _marks(s, 18)
    value = _values("0123456789", marks[:, :17])
    wanted = np.frombuffer(RID_CHECKS.encode(), np.uint8)[(value @ np.array(RID_WEIGHTS)) % 11]
    born = pd.to_datetime(s.str.slice(6, 14), format="%Y%m%d", errors="coerce").between("1800-01-01", str(RECEIVED_ON))
    province = s.str.slice(0, 2).isin(PROVINCES)
    return pd.Series(fits & (value >= 0).all(axis=1) & (marks[:, 17] == wanted), index=s.index) & born & province


if __name__ == "__main__":
    print(json.dumps(judge(Path(sys.argv[1]))))
