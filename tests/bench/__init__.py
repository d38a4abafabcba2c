"""How fast and how large: `make bench` prints it, nothing asserts it.

Every figure stands beside what the same machine needs, in the same run, for the part that cannot
be avoided or for what a user would pick instead, so that the ratios mean the same elsewhere.
"""
