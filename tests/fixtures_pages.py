"""A page run through AppTest as one person of the village: the sign-in is real, only the cookie's transport is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def page_home(village_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village of this test file's own: pages write the read log and acknowledgements."""
    root = tmp_path_factory.mktemp("pages") / "home"
    shutil.copytree(village_home, root)
    return root


@pytest.fixture
def visit(page_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """`visit(user, "pages/field/lookup.py", id="…")` → the AppTest of that page after a cold start; `user` None: nobody."""
    from streamlit.testing.v1 import AppTest

    from analytics.founding import password_of
    from pages.parts import session

    monkeypatch.setenv("XINJIAN_HOME", str(page_home))
    monkeypatch.chdir(ROOT)

    def opened(user: str | None, page: str | None = None, /, **query: str) -> object:
        token = session.open_session(user, password_of(user)) if user else None
        monkeypatch.setattr(session, "token", lambda: token)
        monkeypatch.setattr(session, "refusal", lambda: None)
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        if page:
            test.switch_page(page)
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()

    return opened


@pytest.fixture
def shown() -> Callable[[object], str]:
    """`shown(test)`: everything a person reads on the page, one string."""

    def text(test) -> str:  # type: ignore[no-untyped-def]
        assert not test.exception, test.exception
        bodies = [element.proto.body for element in test.get("html")]
        links = [element.proto.label for element in test.get("page_link")]
        return "\n".join([*bodies, *links]).replace("\\", "")

    return text
