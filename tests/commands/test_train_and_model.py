"""Do `train` and `model` say what they learned, and refuse in one sentence?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def cli(*args: str, home: Path) -> tuple[int, str]:
    call = [sys.executable, "cli.py", *args, "--home", str(home)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout


def test_train_tells_the_model_beside_its_baselines_day_by_day(city_copy: Path) -> None:
    code, out = cli("train", "--as-of", "2026-09-30", "--by", "head", "--json", home=city_copy)
    told = json.loads(out)
    challenger = told["challenger"]["model_id"]
    beside = json.loads((city_copy / "record" / "models" / f"challenger-{challenger}.json").read_text(encoding="utf-8"))
    assert (beside["scorecard_id"], beside["class"]) == (told["model_id"], "ChallengerClassifier")
    assert any("只在旁边计算，不决定" in line for line in beside["card"])
    code_of_trainer, out = cli("model", "approve", told["model_id"], "--by", "head", "--json", home=city_copy)
    assert (code_of_trainer, "是您自己训练的" in json.loads(out)["error"]["what"]) == (2, True)
    assert (code, told["trained_to"], told["approved"], told["synthetic"]) == (0, "2025-12-31", False, True)
    assert told["rows"] > 3000
    assert told["positives"] > 50
    assert [row["day"] is None for row in told["evaluation"]] == [False] * (len(told["evaluation"]) - 1) + [True]
    for row in told["evaluation"]:
        assert {"model", "challenger", "last_year", "random"} <= row.keys()
        assert row["model"].keys() == {"auc", "low", "high", "average_precision", "precision_at_5", "recall_at_5"}
    kept = json.loads((city_copy / "record" / "models" / f"{told['model_id']}.json").read_text(encoding="utf-8"))
    assert kept["features"] == told["features"]
    assert any("模拟数据，不能用于真实监管" in line for line in kept["card"])
    assert any("其他企业的记录只作同类企业的平均数" in line for line in kept["card"]), "peers lend averages, and it is said"


def test_the_words_of_train_name_every_method_and_the_next_step(city_copy: Path) -> None:
    code, out = cli("train", "--as-of", "2026-09-30", home=city_copy)
    assert code == 0
    assert all(word in out for word in ("评分卡", "挑战模型", "上一年次数", "随机", "model approve m"))
    assert "信用分" not in out


def test_a_model_is_listed_and_approved_by_who_may(city_copy: Path) -> None:
    code, out = cli("model", "list", "--json", home=city_copy)
    row, beside = json.loads(out)
    assert (code, row["in_use"], row["approved_by"], row["synthetic"]) == (0, True, "approver", True)
    assert row["trained_by"] == ["命令行"]
    assert (beside["class"], beside["scorecard_id"], beside["problem"]) == ("ChallengerClassifier", row["model_id"], None)
    code, out = cli("model", "approve", beside["model_id"], "--by", "approver", "--json", home=city_copy)
    assert (code, "是挑战模型" in json.loads(out)["error"]["what"]) == (2, True)
    code, out = cli("model", "approve", row["model_id"], "--by", "clerk", "--json", home=city_copy)
    assert (code, "不能审批" in json.loads(out)["error"]["what"]) == (2, True)
    code, out = cli("model", "approve", row["model_id"], "--by", "head", "--json", home=city_copy)
    assert (code, json.loads(out)["effective_from"]) == (0, "2026-10-31")
    code, out = cli("model", "approve", row["model_id"], home=city_copy)
    assert code == 2


def test_a_village_is_too_thin_to_learn_from(village_copy: Path) -> None:
    code, out = cli("train", "--json", home=village_copy)
    error = json.loads(out)["error"]
    assert code == 2
    assert error.keys() == {"what", "where", "todo"}
    assert not (village_copy / "record" / "models").exists()


def test_before_anything_is_published_there_is_nothing_to_train_on(tmp_path: Path) -> None:
    code, out = cli("train", "--json", home=tmp_path / "none")
    assert (code, "error" in json.loads(out)) == (2, True)


def test_the_switch_on_training_data_is_off_and_there_is_nothing_to_confirm(city_copy: Path) -> None:
    given = ("--by", "approver", "--doc-no", "运交信函〔2026〕3号", "--issued-on", "2026-09-01")
    code, out = cli("model", "confirm", *given, "--json", home=city_copy)
    assert (code, "开关没有打开" in json.loads(out)["error"]["what"]) == (2, True)
    code, out = cli("model", "confirm", "--json", home=city_copy)
    assert (code, json.loads(out)["error"]["where"]) == (2, "--by、--issued-on")
