"""How does a part of a build run beside the rest of it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context

import duckdb


@contextmanager
def beside(con: duckdb.DuckDBPyConnection, work: Callable[[duckdb.DuckDBPyConnection], None]) -> Iterator[None]:
    """While the block runs, `work` runs too, in a thread of its own and on its own connection to the same database.

    The block ends when both are done. Each sees its own temporary tables only; both may write, but not to the same table. What
    `work` raises is raised at the end.
    """
    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(copy_context().run, work, con.cursor())
        yield
    going.result()
