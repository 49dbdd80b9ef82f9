"""Which stories does the hand-made village tell? A score of invented enterprises, each named in STORIES.md.

`stories` says who lives there and what happened to them, `books` lays it out as the sheets a bureau would
send in, `files` writes those as ordinary spreadsheets, `settle` lands them one by one.
"""
