"""`verify`: is the record whole — landed batches, original files, casework?"""

from __future__ import annotations

from typing import Any

from commands.frame import AsJson, Debug, HomeDir, finish, now, running


def main(as_json: AsJson = False, home: HomeDir = None, debug: Debug = False) -> None:
    """核对原始记录、原件和业务库是否完整；有问题时退出码为 1。"""
    from analytics.verify import verify

    with running(home, as_json, debug) as settings:
        files, bad = verify(settings, now())
        finish({"files": files, "bad": bad}, as_json, _as_text, needs_person=bool(bad))


def _as_text(document: dict[str, Any]) -> str:
    if not document["bad"]:
        return f"核对了 {document['files']} 个文件，全部完整"
    lines = [f"核对了 {document['files']} 个文件，{len(document['bad'])} 处有问题："]
    return "\n".join([*lines, *(f"  {one}" for one in document["bad"]), "请从备份恢复这些文件，再运行 verify"])
