-- grain: one row per version of a fact and subject whose history tells it, in the words of the history
select * from every_event
