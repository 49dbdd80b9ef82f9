"""What does each row of a file say, and is it acceptable? From sheets of text to judged, typed rows.

headers    which row is the header, which kind of record, which column is which field
marginal   rows that are no records: totals, notes, repeated headers
clean      the text of a cell as it should be; values: a text as date, number, listed word; typed: whole columns of them
block      one block of rows with its clean fields; checks: what a standard demands; amounts: money in sentences
citations  whether a cited article stood in the regulation on the day
repeats    rows that say what an earlier row said
findings   everything that was found, as a table; stray: personal numbers where none are expected
judge      the order of all this for one block; extract: what can be read from an incomplete notice
keep       the landed batch on disk, whole or absent; report: what is told and written down about it
"""
