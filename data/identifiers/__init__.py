"""Is this a valid credit code, identity number, organisation code or plate, and what is its clean form?

judge    one value at a time, with the reason a person reads
column   whole Arrow columns; the same answers
clean    how a code is written before it is judged
"""

from data.identifiers.clean import PLACEHOLDER, clean_code, clean_plate, licence_key
from data.identifiers.column import check_column, clean_codes, clean_plates, licence_keys, valid_mask
from data.identifiers.judge import KINDS, Verdict, check, check_orgcode, check_plate, check_rid, check_uscc

__all__ = [
    "KINDS",
    "PLACEHOLDER",
    "Verdict",
    "check",
    "check_column",
    "check_orgcode",
    "check_plate",
    "check_rid",
    "check_uscc",
    "clean_code",
    "clean_codes",
    "clean_plate",
    "clean_plates",
    "licence_key",
    "licence_keys",
    "valid_mask",
]
