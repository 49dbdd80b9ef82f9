"""Which sentence does a person read when something cannot be done?

The whole family, on one screen. Every error says *what* went wrong, *where* (file, sheet, row, column)
and what *to do*, in Chinese; the command line maps it to an exit code, the page to its error box.

    XinjianError            exit 2: the request could not be carried out, nothing was changed
    ├── UnreadableFile      the file is no spreadsheet, empty, encrypted, in no known encoding
    ├── UnknownKind         no record kind fits the headers, or the kind named does not exist
    ├── MissingColumn       a required column is not in the header
    ├── BadArgument         a command-line value that cannot be used
    ├── NotFound            no such subject, batch, build, warning, rule or account
    ├── NotAllowed          the role or its scope does not permit it
    ├── NotSignedIn         no valid session
    ├── Busy                another process holds the home's lock
    ├── WrongFormat         the home was written by another version
    ├── BrokenRule          a rule, standard or calendar file that does not follow its schema, or was edited
    ├── BrokenModel         a risk model that cannot be learned, or whose file is missing, damaged or edited
    └── CheckFailed         the snapshot's own checks found an error; the last good one stays
"""

from __future__ import annotations

import errno

#: The operating system's refusals that people meet.
_REFUSALS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.ENOENT: "上级目录不存在",
    errno.ENOTDIR: "上级不是目录",
    errno.EISDIR: "这是一个目录",
    errno.ENAMETOOLONG: "名称太长",
}


class XinjianError(Exception):
    """A sentence for a person: what, where, what to do. `exit_code` is for the command line."""

    exit_code = 2

    def __init__(self, what: str, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        place = f"（{self.where}）" if self.where else ""
        advice = f"：{self.todo}" if self.todo else ""
        return f"{self.what}{place}{advice}"

    def as_dict(self) -> dict[str, str]:
        """The JSON form the command line prints: `{"what", "where", "todo"}`."""
        return {"what": self.what, "where": self.where, "todo": self.todo}


def told(error: OSError) -> str:
    """Why the operating system refused, in Chinese; its own words where the reason is a rare one."""
    return _REFUSALS.get(error.errno or 0, error.strerror or type(error).__name__)


class UnreadableFile(XinjianError):
    """The file is no spreadsheet, empty, encrypted, or in no known encoding."""


class UnknownKind(XinjianError):
    """No record kind fits the headers, or the kind named does not exist."""


class MissingColumn(XinjianError):
    """A required column is not in the header."""


class BadArgument(XinjianError):
    """A value given by the caller cannot be used."""


class NotFound(XinjianError):
    """No such subject, batch, build, warning, rule or account."""


class NotAllowed(XinjianError):
    """The role, or its unit and county scope, does not permit it."""


class NotSignedIn(XinjianError):
    """There is no valid session."""


class Busy(XinjianError):
    """Another process holds the home's lock."""


class WrongFormat(XinjianError):
    """The home was written by another version of the program."""


class BrokenRule(XinjianError):
    """A rule or standard file does not follow its schema."""


class BrokenModel(XinjianError):
    """A risk model cannot be learned, or its file is missing, damaged or no longer the approved one."""


class CheckFailed(XinjianError):
    """The snapshot's own checks found an error; the last good snapshot stays."""
