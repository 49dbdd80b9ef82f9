"""What have people decided? One transactional database (SQLite by default, PostgreSQL by URL), asked through this package.

opening   open_casework: make the file or the schema, bring it to the newest revision; Casework: reading(), writing()
tables    the tables as they are now; migrations/ how they came to be
events    the append-only log; folding: what the events of one warning add up to
publishing  conditions become warnings;  alerts: queue, one warning, its history;  acting: acknowledge
accounts  add, disable, list;  sessions: sign in, who, sign out;  rights: Person, roles, refusals
jobs      work of child processes: asked, running, ended
scores    values that people entered for an evaluation;  confirmations: whose word a scheme's assumptions have
views     addresses of the explore page that people keep under a name
reads     who looked at whom, and why;  merges: one subject in place of another;  integrity: is it all whole?
"""

from data.casework.opening import Casework, open_casework

__all__ = ["Casework", "open_casework"]
