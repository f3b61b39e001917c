"""The bench: how much time and memory On Record takes beside other builders, on one machine, in one run.

`make bench` runs it; nothing of it is installed with On Record, and it is no test.
"""
