"""Does a file handed in become a batch once, wholly or not at all, whatever dies or interferes on the way?"""

from __future__ import annotations

import csv
import io
import os
import signal
import stat
import time
from datetime import UTC, datetime

import pytest
from filelock import FileLock

from analytics import intake, jobs
from analytics.acts.ask_alone import ask_alone
from analytics.acts.check_again import check_again
from analytics.acts.confirm_landing import confirm_landing
from analytics.acts.give_up import give_up
from analytics.acts.hand_in import options_of, units_for
from data import home as homes
from data import inbox
from data.batches import landed_ids, list_batches, read_findings
from data.casework import events, working
from data.casework import jobs as rows
from data.errors import BadArgument, Busy, NotAllowed, NotFound, UnreadableFile
from tests.fixtures_intake import NOW, SAMPLES
from tests.sheet_files import inline as cell
from tests.sheet_files import sheet_xml, write_xlsx

PENALTIES = (SAMPLES / "双公示_行政处罚_样例.xlsx").read_bytes()
OVERLOADS = (SAMPLES / "治超_抄告_样例.csv").read_bytes()


def waits_on_disk(desk) -> list[str]:
    """The names of what lies in the inbox."""
    return sorted(path.name for path in (desk.home.root / "inbox").rglob("*") if path.is_file() and path.suffix != ".lock")


def test_a_file_handed_in_is_checked_confirmed_landed_and_told(clerk_desk, clerk, give, inline) -> None:
    job_id = give("双公示_行政处罚_样例.xlsx", PENALTIES)["job_id"]
    one = intake.one_intake(clerk_desk, clerk, job_id)
    assert (one.phase, one.figure("rows"), one.figure("accepted"), one.figure("rejected")) == ("待确认", 60, 46, 14)
    assert landed_ids(clerk_desk.home) == [], "a check changes nothing"
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    one = intake.one_intake(clerk_desk, clerk, job_id)
    (batch,) = list_batches(clerk_desk.home)
    assert (one.phase, one.sheets[0].batch_id, one.figure("accepted")) == ("已入库", batch.batch_id, 46)
    assert (batch.file, batch.unit, batch.received_on.isoformat()) == ("双公示_行政处罚_样例.xlsx", clerk.unit, "2026-10-31")
    assert intake.not_yet_shown(clerk_desk) == {batch.batch_id}
    assert waits_on_disk(clerk_desk) == []
    who = events.list_events(clerk_desk.casework, kind="job_confirmed")[0]
    assert (who["actor"], who["payload"]["sha256"]) == (clerk.user, batch.sha256)
    assert events.list_events(clerk_desk.casework, kind="job_ended")[0]["payload"]["batches"] == [batch.batch_id]


def test_the_verdict_before_landing_is_the_verdict_after_it(clerk_desk, clerk, give, inline) -> None:
    job_id = give("双公示_行政处罚_样例.xlsx", PENALTIES)["job_id"]
    before, listed = intake.one_intake(clerk_desk, clerk, job_id), intake.findings_csv(clerk_desk, clerk, job_id)
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    after = intake.one_intake(clerk_desk, clerk, job_id)
    assert [each.found for each in before.sheets] == [each.found for each in after.sheets]
    told = sorted(csv.reader(io.StringIO(listed.decode("utf-8-sig"))))
    assert told == sorted(csv.reader(io.StringIO(intake.findings_csv(clerk_desk, clerk, job_id).decode("utf-8-sig"))))
    kept = read_findings(clerk_desk.home, after.sheets[0].batch_id)
    assert len(told) == len(kept) + 1
    assert sum(each.count for each in before.sheets[0].found) == len(kept)


def test_what_the_page_shows_before_landing_names_no_person(clerk_desk, clerk, give, inline) -> None:
    job_id = give("双公示_行政处罚_样例.xlsx", PENALTIES)["job_id"]
    columns = intake.one_intake(clerk_desk, clerk, job_id).sheets[0].columns
    personal = [text for each in columns if each.personal for text in each.first if text]
    assert personal
    assert all("*" in text for text in personal)
    kept = "".join(path.read_text(encoding="utf-8") for path in (clerk_desk.home.root / "inbox").rglob("check.json"))
    assert "*" in kept
    assert intake.inbox.mask_inside(kept) == kept


def test_a_file_that_was_landed_before_changes_nothing_and_says_so(clerk_desk, clerk, give, inline) -> None:
    first = give("甲.csv", OVERLOADS)["job_id"]
    confirm_landing(clerk_desk, clerk, first, NOW)
    before = landed_ids(clerk_desk.home)
    again = intake.one_intake(clerk_desk, clerk, give("乙.csv", OVERLOADS)["job_id"])
    assert (again.phase, again.figure("duplicates"), again.figure("accepted")) == ("以前已入库", 60, 0)
    assert landed_ids(clerk_desk.home) == before
    assert waits_on_disk(clerk_desk) == []


def test_a_file_changed_between_check_and_confirmation_is_not_landed(clerk_desk, clerk, give, inline) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    inbox.file_of(clerk_desk.home, job_id).write_bytes(OVERLOADS.replace("晋M".encode(), "晋L".encode(), 1))
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    one = intake.one_intake(clerk_desk, clerk, job_id)
    assert one.phase == "入库没有完成"
    assert "被改动过，没有入库" in one.error[0]
    assert landed_ids(clerk_desk.home) == []


def test_a_file_taken_away_meanwhile_is_one_sentence(clerk_desk, clerk, give, inline) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    inbox.remove(clerk_desk.home, job_id)
    with pytest.raises(NotFound, match="已经不在了"):
        confirm_landing(clerk_desk, clerk, job_id, NOW)


PERSON, MOBILE = "140802199001010015", "13903591234"
BAD = {
    "不是表格.xlsx": (b"%PDF-1.7 ...", "PDF"),
    "没有表头.csv": ("甲,乙\n1,2\n".encode(), "认不出"),
    "别的表.csv": ("姓名,语文,数学\n李雷,90,80\n".encode("gb18030"), "认不出"),
    "坏的.xlsx": (b"PK\x03\x04" + b"\0" * 40, "损坏"),
    "缺列.csv": (OVERLOADS.replace("车牌号".encode(), "某列".encode(), 1), "缺少"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_landed_is_one_sentence_and_nothing_is_changed(clerk_desk, clerk, give, inline, name) -> None:
    content, words = BAD[name]
    one = intake.one_intake(clerk_desk, clerk, give(name, content)["job_id"])
    assert one.phase == "不能入库"
    assert words in one.error[0]
    assert one.error[2]
    assert landed_ids(clerk_desk.home) == []
    with pytest.raises(NotAllowed):
        confirm_landing(clerk_desk, clerk, one.job_id, NOW)
    give_up(clerk_desk, clerk, one.job_id, NOW)
    assert waits_on_disk(clerk_desk) == []


@pytest.mark.parametrize("content", [f"张三,{PERSON},{MOBILE}\n".encode(), b"PK\x03\x04" + b"\0" * 40, OVERLOADS])
def test_a_persons_number_in_a_name_or_a_lost_header_is_masked_wherever_it_is_told(
    clerk_desk, clerk, give, inline, content
) -> None:
    job_id = give(f"张三{PERSON}.csv", content)["job_id"]
    told = repr(rows.one(clerk_desk.casework, job_id)) + repr(intake.one_intake(clerk_desk, clerk, job_id))
    told += repr(events.list_events(clerk_desk.casework))
    assert "140802********0015" in told
    assert PERSON not in told
    assert MOBILE not in told


def test_the_name_under_which_a_file_waits_and_is_checked_holds_no_persons_number(clerk_desk, give, idle) -> None:
    job = give(f"张三{PERSON}_{MOBILE}.csv", OVERLOADS)
    assert waits_on_disk(clerk_desk) == ["张三140802********0015_139****1234.csv"]
    assert PERSON not in " ".join(jobs._arguments(clerk_desk, rows.one(clerk_desk.casework, job["job_id"])))


def test_more_than_the_inbox_holds_is_refused_until_something_is_given_up(clerk_desk, clerk, give, inline, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "MOST_HELD", 2 * len(OVERLOADS))
    first = give("一.csv", OVERLOADS)["job_id"]
    give("二.csv", OVERLOADS)
    with pytest.raises(UnreadableFile, match="放不下更多"):
        give("三.csv", OVERLOADS)
    give_up(clerk_desk, clerk, first, NOW)
    give("三.csv", OVERLOADS)


def test_a_persons_number_as_the_name_of_a_column_is_masked(clerk_desk, clerk, give, inline) -> None:
    first, rest = OVERLOADS.decode("utf-8-sig").split("\n", 1)
    content = f"{first.strip()},{PERSON},电话 {MOBILE}\n{rest}".encode()
    job_id = give("甲.csv", content)["job_id"]
    listed = intake.findings_csv(clerk_desk, clerk, job_id).decode("utf-8-sig")
    assert "140802********0015" in listed
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    [batch] = list_batches(clerk_desk.home)
    kept = next(clerk_desk.home.landed.rglob(f"{batch.batch_id}/batch.json")).read_text(encoding="utf-8")
    for told in (listed, kept, repr(read_findings(clerk_desk.home, batch.batch_id).to_pylist())):
        assert PERSON not in told
        assert MOBILE not in told


def test_who_may_not_land_reads_no_file_and_no_list_of_findings(clerk_desk, give, inline, people) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    inspector = people(clerk_desk.casework, "inspector")
    for ask in (intake.one_intake, intake.findings_csv):
        with pytest.raises(NotAllowed, match="不能数据入库"):
            ask(clerk_desk, inspector, job_id)


def test_a_workbook_with_a_cell_in_the_last_corner_is_checked_like_any_other(clerk_desk, clerk, give, inline, tmp_path) -> None:
    header = "".join(
        cell(f"{letter}1", text)
        for letter, text in zip("ABCD", ("业户名称", "统一社会信用代码", "所属县区", "业户类别"), strict=True)
    )
    far = f'<row r="1">{header}</row><row r="1048576">{cell("XFD1048576", "远")}</row>'
    path = write_xlsx(tmp_path / "远.xlsx", sheet_xml(far))
    one = intake.one_intake(clerk_desk, clerk, give("远.xlsx", path.read_bytes())["job_id"])
    assert one.state in ("asking", "failed")
    assert landed_ids(clerk_desk.home) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../keys/personal.key", "personal.key"), ("=1+1.csv", "=1+1.csv"), ("🚚😀.csv", "🚚😀.csv"), ("", "未命名")],
)
def test_a_file_of_any_name_lands_under_its_own_last_part(clerk_desk, clerk, give, inline, name, kept) -> None:
    job_id = give(name, OVERLOADS)["job_id"]
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    assert [each.file for each in list_batches(clerk_desk.home)] == [kept]


def test_cells_that_look_like_a_formula_are_text_in_the_list_of_findings(clerk_desk, clerk, give, inline) -> None:
    content = OVERLOADS.decode("utf-8-sig").replace("晋M12O45", "=HYPERLINK(1)", 1).encode()
    job_id = give("甲.csv", content)["job_id"]
    assert b"'=HYPERLINK" in intake.findings_csv(clerk_desk, clerk, job_id)


def test_a_list_of_findings_that_would_be_too_long_says_where_it_stops(clerk_desk, clerk, give, inline, monkeypatch) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    everything = intake.findings_csv(clerk_desk, clerk, job_id).decode("utf-8-sig").splitlines()
    monkeypatch.setattr(intake, "MOST_FINDINGS", 3)
    told = intake.findings_csv(clerk_desk, clerk, job_id).decode("utf-8-sig").splitlines()
    assert told[:4] == everything[:4]
    assert len(told) == 5
    assert "最多 3 条" in told[4]


def test_an_upload_that_was_cut_off_leaves_neither_job_nor_file(clerk_desk, clerk, give, idle) -> None:
    for content, announced in ((OVERLOADS[:1000], len(OVERLOADS)), (b"", 0)):
        with pytest.raises(UnreadableFile):
            give("甲.csv", content, announced=announced)
    assert intake.last_intakes(clerk_desk, clerk) == []
    assert waits_on_disk(clerk_desk) == []
    assert stat.S_IMODE((clerk_desk.home.root / "inbox").stat().st_mode) == 0o700


def test_a_file_over_the_limit_is_refused_before_a_byte_is_taken(clerk_desk, clerk, give, idle) -> None:
    with pytest.raises(UnreadableFile, match="超过 200 MB"):
        give("大.csv", b"x", announced=200 * 1024 * 1024 + 1)
    assert not (clerk_desk.home.root / "inbox").exists()


def test_only_who_may_land_hands_in(clerk_desk, people, give, idle) -> None:
    for role in ("head", "analyst", "inspector", "admin"):
        with pytest.raises(NotAllowed, match="可以这样做的角色：数据员"):
            give("甲.csv", OVERLOADS, people(clerk_desk.casework, role))
    assert idle == []


def test_other_settings_are_checked_anew_and_land_so(clerk_desk, clerk, give, inline) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    chosen = options_of(clerk_desk, clerk, "2026-10-20", "永济市交通运输局", True, NOW)
    check_again(clerk_desk, clerk, job_id, NOW, chosen)
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    (batch,) = list_batches(clerk_desk.home)
    assert (batch.received_on.isoformat(), batch.unit, batch.backfill) == ("2026-10-20", "永济市交通运输局", True)


@pytest.mark.parametrize(
    ("day", "unit", "words"),
    [("2026-11-01", "甲局", "2026-10-31 之间"), ("昨天", "甲局", "不是日期"), ("1970-01-01", "甲局", "1990-01-01"),
     ("2026-10-31", " ", "报送单位"), ("2026-10-31", "局" * 101, "报送单位"), ("2026-10-31", "甲\n局", "报送单位")],
)  # fmt: skip
def test_a_day_that_has_not_come_and_a_unit_without_a_name_are_refused(clerk_desk, clerk, day, unit, words) -> None:
    with pytest.raises(BadArgument) as refused:
        options_of(clerk_desk, clerk, day, unit, False, NOW)
    assert words in str(refused.value)


def test_a_clerk_of_a_county_lands_for_units_of_the_county_only(clerk_desk, people) -> None:
    county = people(clerk_desk.casework, "clerk", "永济市")
    assert units_for(clerk_desk, county)[1:] == ["永济市交通运输局"]
    assert options_of(clerk_desk, county, "2026-10-31", "永济市交通运输局", False, NOW)["unit"] == "永济市交通运输局"
    with pytest.raises(BadArgument, match="不在永济市"):
        options_of(clerk_desk, county, "2026-10-31", "盐湖区交通运输局", False, NOW)


def test_a_file_outside_the_county_is_not_found(clerk_desk, clerk, people, give, inline) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    with pytest.raises(NotFound):
        intake.one_intake(clerk_desk, people(clerk_desk.casework, "clerk", "永济市"), job_id)


# --- what dies, what waits -------------------------------------------------------------------------------------------


def test_of_two_clerks_who_confirm_one_file_the_second_is_told(clerk_desk, clerk, people, give, inline) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    with pytest.raises(NotAllowed, match="已完成，不能再确认"):
        confirm_landing(clerk_desk, people(clerk_desk.casework, "clerk"), job_id, NOW)
    assert len(landed_ids(clerk_desk.home)) == 1


@pytest.mark.parametrize(
    ("step", "words"), [("check", "检查进程中途停止"), ("land", "没有入库任何内容"), ("refresh", "仍用原来的快照")]
)
def test_a_job_whose_process_is_gone_is_failed_with_a_sentence(
    clerk_desk, clerk, give, inline, monkeypatch, step, words
) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    monkeypatch.setattr(jobs, "_spawn", lambda *_: None)
    if step == "check":
        check_again(clerk_desk, clerk, job_id, NOW, options_of(clerk_desk, clerk, "2026-10-30", "甲局", False, NOW))
    elif step == "land":
        confirm_landing(clerk_desk, clerk, job_id, NOW)
    else:
        job_id = ask_alone(clerk_desk, clerk, "refresh", NOW)["job_id"]
    assert working.claim(clerk_desk.casework, job_id, NOW, 999_999, None), "as a child did that was killed right after"
    with FileLock(jobs._lane_file(clerk_desk.home, "checking" if step == "check" else "writing")):
        jobs.tend(clerk_desk, NOW)
        assert rows.one(clerk_desk.casework, job_id)["state"] == "running", "whoever holds the lane lives"
    jobs.tend(clerk_desk, NOW)
    lost = rows.one(clerk_desk.casework, job_id)
    assert lost["state"] == "failed"
    assert words in lost["error"]["what"]
    assert landed_ids(clerk_desk.home) == []


def test_a_landing_that_died_after_its_last_rename_is_done(clerk_desk, clerk, give, inline, monkeypatch) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    monkeypatch.setattr(working, "end", lambda *_, **__: True)  # the child dies before it can say so
    confirm_landing(clerk_desk, clerk, job_id, NOW)
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "_spawn", lambda *_: None)
    assert rows.one(clerk_desk.casework, job_id)["state"] == "running"
    jobs.tend(clerk_desk, NOW)
    assert rows.one(clerk_desk.casework, job_id)["state"] == "done"
    assert len(landed_ids(clerk_desk.home)) == 1


def test_a_job_is_started_once_however_many_look(clerk_desk, give, idle) -> None:
    first, *others = [give(f"{number}.csv", OVERLOADS + b"\n" * number)["job_id"] for number in range(6)]  # all of one instant
    for _ in range(5):
        jobs.tend(clerk_desk, NOW)
    assert idle == [first]
    assert {rows.one(clerk_desk.casework, each)["state"] for each in others} == {"waiting"}, "one at a time in a lane"


def test_the_second_refresh_is_told_who_runs_the_first_and_a_held_home_is_one_sentence(
    clerk_desk, clerk, give, inline, monkeypatch
) -> None:
    patient = homes.Home.lock
    monkeypatch.setattr(homes.Home, "lock", lambda home: patient(home, 0.1))
    with FileLock(clerk_desk.home.root / "lock"):
        ask_alone(clerk_desk, clerk, "refresh", NOW)
    last = intake.last_asked(clerk_desk, "refresh")
    assert last.phase == "更新没有完成"
    assert "另一个入库或更新正在进行" in last.error[0]
    monkeypatch.setattr(jobs, "_spawn", lambda *_: None)
    ask_alone(clerk_desk, clerk, "refresh", NOW)
    with pytest.raises(Busy, match="更新正在进行"):
        ask_alone(clerk_desk, clerk, "refresh", NOW)


def test_what_waits_longer_than_a_day_is_given_up_with_its_file(clerk_desk, clerk, give, inline) -> None:
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    jobs.tidy(clerk_desk, NOW + inbox.WAITS / 2)
    assert waits_on_disk(clerk_desk)
    jobs.tidy(clerk_desk, NOW + inbox.WAITS * 2)
    assert intake.one_intake(clerk_desk, clerk, job_id).phase == "已放弃"
    assert waits_on_disk(clerk_desk) == []


def test_a_check_that_is_given_up_stops_and_leaves_nothing(clerk_desk, clerk, give, inline, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "SAYS_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(jobs.Work, "_say", _given_up_by(clerk_desk, clerk, jobs.Work._say))
    job_id = give("甲.csv", OVERLOADS)["job_id"]
    assert intake.one_intake(clerk_desk, clerk, job_id).phase == "已放弃"
    assert waits_on_disk(clerk_desk) == []


def _given_up_by(desk, clerk, say):
    def gives_up(work, **values):
        if rows.one(desk.casework, work.job["job_id"])["state"] == "running":
            give_up(desk, clerk, work.job["job_id"], NOW)
        say(work, **values)

    return gives_up


def test_a_child_that_is_killed_in_the_middle_lands_nothing_and_the_next_try_all(clerk_desk, clerk, give) -> None:
    lines = OVERLOADS.decode("utf-8-sig").splitlines()
    many = [lines[0], *(line.replace("CX", f"C{number}X", 1) for number in range(600) for line in lines[1:])]
    job_id = give("大.csv", "\n".join(many).encode(), now=datetime.now(UTC))["job_id"]
    until(clerk_desk, job_id, "asking")
    confirm_landing(clerk_desk, clerk, job_id, datetime.now(UTC))
    pid = until(clerk_desk, job_id, "running")["pid"]
    os.kill(pid, signal.SIGKILL)
    lost = until(clerk_desk, job_id, "failed")
    assert "没有入库任何内容" in lost["error"]["what"]
    assert landed_ids(clerk_desk.home) == []
    check_again(clerk_desk, clerk, job_id, datetime.now(UTC))
    until(clerk_desk, job_id, "done")
    (batch,) = list_batches(clerk_desk.home)
    assert batch.rows == len(many) - 1
    until_swept(clerk_desk)


def until_swept(desk):
    """A child says that it is done before it takes the file away."""
    for _ in range(500):
        if not waits_on_disk(desk):
            return
        time.sleep(0.02)
    raise AssertionError(f"still there: {waits_on_disk(desk)}")


def until(desk, job_id, state):
    """Look as a page does until the job is there."""
    for _ in range(1500):
        jobs.tend(desk, datetime.now(UTC))
        found = rows.one(desk.casework, job_id)
        if found["state"] == state:
            return found
        time.sleep(0.02)
    raise AssertionError(f"still {found['state']}: {found['error']}")
