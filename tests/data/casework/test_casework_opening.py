"""Is the casework made once, upgraded safely, append only, and honest about what it cannot open?"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.casework import events, open_casework, opening
from data.casework.tables import HEAD, account, event, job, metadata, read_log, role, role_permission, unit
from data.errors import BadArgument, Busy, NotFound, WrongFormat
from data.settings import Settings

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def test_the_tables_in_code_are_the_tables_the_migrations_make(casework) -> None:
    with casework.reading() as con:
        context = MigrationContext.configure(con, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_code_speaks_the_newest_revision() -> None:
    assert ScriptDirectory(str(opening.MIGRATIONS)).get_heads() == [HEAD]


@pytest.fixture
def at_the_first_revision(new_settings, database, monkeypatch) -> Settings:
    """A casework as the first program left it, with an account and its event in it."""
    settings = new_settings(database)
    with monkeypatch.context() as older:
        older.setattr(opening, "HEAD", "0001")
        first = open_casework(settings, NOW)
    row = {"name": "li", "display": "李", "password_hash": "x", "role": "clerk", "unit_id": "bureau", "created_at": NOW}
    with first.writing() as con:
        con.execute(account.insert().values(row))
        events.record(con, at=NOW, actor="li", kind="account_added", payload={"name": "li"})
    first.close()
    return settings


def test_a_casework_of_the_first_revision_is_brought_up_to_date_and_keeps_what_it_holds(at_the_first_revision) -> None:
    later = datetime(2026, 12, 1, tzinfo=UTC)
    casework = open_casework(at_the_first_revision, later)
    with casework.reading() as con:
        assert con.execute(sa.select(sa.func.count()).select_from(job)).scalar() == 0
        held = con.execute(sa.select(role_permission.c.permission).where(role_permission.c.role == "clerk")).scalars()
        assert set(held) == {"export", "look_up", "land", "refresh", "merge_subjects", "keep_policies", "enter_scores"}
        assert list(con.execute(sa.select(account.c.name)).scalars()) == ["li"]
    said = [(one["kind"], one["payload"], one["at"]) for one in events.list_events(casework)]
    casework.close()
    assert said[0] == ("casework_upgraded", {"from": "0001", "to": HEAD}, later)
    assert [kind for kind, _, _ in said] == ["casework_upgraded", "account_added", "casework_upgraded"]


def test_opening_again_changes_nothing(casework_and_settings) -> None:
    casework, settings = casework_and_settings
    before = events.list_events(casework)
    again = open_casework(settings, datetime(2027, 1, 1, tzinfo=UTC))
    assert events.list_events(again) == before
    assert [one["kind"] for one in before] == ["casework_upgraded"]
    again.close()


def test_roles_and_units_are_there_from_the_beginning(casework) -> None:
    with casework.reading() as con:
        titles = list(con.execute(sa.select(role.c.title).order_by(role.c.ordinal)).scalars())
        kinds = list(con.execute(sa.select(unit.c.kind)).scalars())
        codes = set(con.execute(sa.select(unit.c.code)).scalars())
    assert titles == ["负责人", "分析员", "执法检查人员", "数据员", "业务科室", "县局人员", "审批人", "管理员"]
    assert (kinds.count("局机关"), kinds.count("执法队"), kinds.count("县局")) == (1, 1, 13)
    assert codes == {None}, "no unit code is made up"


@pytest.mark.parametrize("table", [event, read_log], ids=["event", "read_log"])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_logs_refuse_to_be_changed_or_emptied(casework, table, change) -> None:
    with casework.writing() as con:
        con.execute(
            read_log.insert().values(
                at=NOW, actor="li", role="inspector", unit="u", subject_type="vehicle", subject_id="v1", purpose="checking"
            )
        )
    statement = table.update().values(actor="nobody") if change == "update" else table.delete()
    with pytest.raises(sa.exc.DatabaseError, match="append only"), casework.writing() as con:
        con.execute(statement)
    with casework.reading() as con:
        assert "nobody" not in set(con.execute(sa.select(table.c.actor)).scalars())


def test_postgresql_refuses_to_truncate_the_log(fresh_casework) -> None:
    casework, _ = fresh_casework("postgresql")
    with pytest.raises(sa.exc.DatabaseError, match="append only"), casework.writing() as con:
        con.execute(sa.text("truncate event"))


OPEN = """
from datetime import UTC, datetime
from pathlib import Path
from data.casework import events, open_casework
from data.settings import Settings
casework = open_casework(Settings(home=Path(sys.argv[1]), casework_url=sys.argv[2]), datetime(2026, 11, 2, tzinfo=UTC))
print(len(events.list_events(casework)))
"""


def test_processes_that_open_a_casework_first_at_once_make_it_once(new_settings, database, race) -> None:
    settings = new_settings(database)
    arguments = [str(settings.home), settings.casework_url]
    assert race(OPEN, arguments, arguments, arguments) == ["1", "1", "1"]


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(fresh_casework) -> None:
    casework, _ = fresh_casework("sqlite")
    with casework.reading() as con:
        assert con.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert con.exec_driver_sql("pragma foreign_keys").scalar() == 1


def test_a_writer_that_waits_too_long_gets_a_sentence(fresh_casework, monkeypatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    casework, settings = fresh_casework("sqlite")
    other = sqlite3.connect(settings.home / "record" / "casework.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(Busy, match="另一个进程"), casework.writing():
        pass
    other.rollback()
    other.close()


def test_a_reader_sees_no_half_of_a_transaction(casework) -> None:
    def half() -> None:
        with casework.writing() as con:
            events.record(con, at=NOW, actor="li", kind="signed_in", payload={})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert [one["kind"] for one in events.list_events(casework)] == ["casework_upgraded"]


def test_a_newer_casework_is_refused_and_left_alone(casework_and_settings) -> None:
    casework, settings = casework_and_settings
    with casework.writing() as con:
        con.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(WrongFormat, match="更新版本"):
        open_casework(settings, NOW)
    with casework.reading() as con:
        assert con.execute(sa.text("select version_num from alembic_version")).scalar() == "9999"


def test_a_file_that_is_no_database_is_refused_in_one_sentence(new_settings) -> None:
    settings = new_settings("sqlite")
    place = settings.home / "record" / "casework.db"
    place.write_bytes("并不是数据库\n".encode() * 500)
    before = place.read_bytes()
    with pytest.raises(WrongFormat, match="不是信鉴能读的数据库"):
        open_casework(settings, NOW)
    assert place.read_bytes() == before


@pytest.mark.parametrize("url", ["mysql://h/d", "not a url", "sqlite://"])
def test_an_address_of_another_kind_is_a_bad_argument(tmp_path, url) -> None:
    with pytest.raises(BadArgument):
        open_casework(Settings(home=tmp_path, casework_url=url), NOW)


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path) -> None:
    url = f"postgresql+psycopg://li:geheim@/x?host={tmp_path}"
    with pytest.raises(NotFound) as caught:
        open_casework(Settings(home=tmp_path, casework_url=url), NOW)
    assert "连不上业务库" in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_without_a_home_the_sentence_says_how_to_make_one(tmp_path) -> None:
    with pytest.raises(NotFound, match="user add"):
        open_casework(Settings.load({}, tmp_path / "nothing"), NOW)


def test_instants_come_back_in_utc(casework) -> None:
    with casework.writing() as con:
        events.record(con, at=datetime.fromisoformat("2026-11-02T09:00:00+08:00"), actor="li", kind="signed_in", payload={})
    kept = events.list_events(casework, actor="li")[0]["at"]
    assert kept == NOW
    assert kept.utcoffset().total_seconds() == 0


def test_personal_numbers_are_masked_before_they_reach_the_log(casework) -> None:
    said = {"comment": "已电话 13803591234 联系身份证 140802199001010015 的司机", "deep": [{"batch_id": "b12a13803591234ff0"}]}
    with casework.writing() as con:
        events.record(con, at=NOW, actor="li", kind="signed_in", payload=said, purpose="查 14080219900101001X")
    kept = events.list_events(casework, actor="li")[0]
    assert kept["payload"]["comment"] == "已电话 138****1234 联系身份证 140802********0015 的司机"
    assert kept["payload"]["deep"] == said["deep"], "ids stay whole"
    assert kept["purpose"] == "查 140802********001X"
