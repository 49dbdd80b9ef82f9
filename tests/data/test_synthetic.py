from datetime import date

from data.home import open_home
from data.synthetic import DemoAccount, Marker, present_day, read_marker, write_marker


def test_a_real_home_has_no_marker(tmp_path):
    assert read_marker(open_home(tmp_path / "home", create=True)) is None


def test_what_the_marker_says_comes_back_whole(tmp_path):
    home = open_home(tmp_path / "home", create=True)
    told = Marker("village", date(2026, 10, 31), (DemoAccount("inspector", "mima", "检查员", "inspector", "检查员", "盐湖区"),))
    write_marker(home, told)
    assert read_marker(home) == told


def test_a_synthetic_home_is_refreshed_for_its_own_day_and_a_real_one_for_today(tmp_path):
    today = date(2026, 11, 23)
    home = open_home(tmp_path / "home", create=True)
    assert present_day(home, today) == today
    write_marker(home, Marker("village", date(2026, 10, 31), ()))
    assert present_day(home, today) == date(2026, 10, 31)
