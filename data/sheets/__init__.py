"""What is written in this file? xlsx, xls and csv, as blocks of text cells with the row numbers a person sees.

for sheet in read_sheets(path):
    header_row = …find it in sheet.head…
    for block in sheet.blocks(header_row):
        block.row_no, block.columns

files    what the file really is, whatever its name says
encoding, delimited, csv_stream     text: its encoding, its columns, its rows as a stream
package, bounds, workbook           xlsx: its parts, the cells that exist, its rows
compound, old_workbook              xls: its container and records, its rows
cells    a value as text            far   a cell that lies alone, far from the table
"""

from data.sheets.reading import read_sheets
from data.sheets.sheet import BLOCK_ROWS, HEAD_ROWS, Block, Sheet, Skipped

__all__ = ["BLOCK_ROWS", "HEAD_ROWS", "Block", "Sheet", "Skipped", "read_sheets"]
