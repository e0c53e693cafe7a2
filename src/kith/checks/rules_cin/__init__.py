"""The rules of the CIN census.

The pre-proceedings block, new in 2026-27, has none: the DfE's rules for it have not been read, and none is made
up. A year after the newest that is known is checked by the newest form of each rule.
"""
