"""Does this machine have what the tests drive: Chromium, a Chinese font, PostgreSQL? Fetch what is missing.

Order of places: already here, else Debian's packages, else (the browser only) Playwright's own download.
Where none can be had: one clear sentence and exit code 1. Run as `python -m tests.machine`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> Path | None:
    """A Chromium on this machine, or None; `CHROMIUM` names one explicitly."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next(iter(sorted(downloads.glob("chromium-*/chrome-linux*/chrome"))), None)


def chinese_font() -> Path | None:
    """A CJK font file in the usual places, or None."""
    places = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
    )
    words = ("cjk", "notosanssc", "notosanshans", "sourcehansans", "wqy", "droidsansfallback")
    for place in places:
        for font in place.rglob("*.[to]t[cf]"):
            if any(word in font.name.lower().replace("-", "") for word in words):
                return font
    return None


def postgres() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    if found:
        return found[0].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


#: what the tests need → how to find it, Debian's packages for it
NEEDS: dict[str, tuple[Callable[[], Path | None], list[str]]] = {
    "浏览器 Chromium": (browser, ["chromium"]),
    "中文字体": (chinese_font, ["fonts-noto-cjk"]),
    "PostgreSQL 服务器": (postgres, ["postgresql"]),
}


def missing() -> list[str]:
    """The names of what is not on this machine."""
    return [name for name, (find, _) in NEEDS.items() if find() is None]


def install_from_apt(packages: list[str]) -> bool:
    """Install Debian packages as root or through password-less sudo; false where neither works."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run([*prefix, "apt-get", *arguments], env=quiet, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def main() -> int:
    """Fetch what is missing; 0 when everything is there."""
    absent = missing()
    if absent:
        print(f"本机缺少：{'、'.join(absent)}，正在从 Debian 软件源安装…", file=sys.stderr)
        install_from_apt([package for name in absent for package in NEEDS[name][1]])
    if browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])
    still = missing()
    if still:
        packages = " ".join(package for name in still for package in NEEDS[name][1])
        print(
            f"测试无法进行：本机没有{'、'.join(still)}，也装不上；请先安装（Debian：apt-get install {packages}）后重试",
            file=sys.stderr,
        )
        return 1
    for name, (find, _) in NEEDS.items():
        print(f"{name}：{find()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
