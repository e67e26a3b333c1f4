"""What would have happened: an archive of past conversations decided on by today's reader and policy, nothing sent.

`run` reads the archive and has it replayed by other processes (`worker`, `outcome`), whose counts (`tally`) and samples of
unknown messages (`sample`) it adds up; `checkpoint` keeps them, so that it can go on after whatever ended it. `groups` finds
what the unknown messages have in common, and `result` says it all in plain values.
"""
