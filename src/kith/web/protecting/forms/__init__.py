"""The forms of protection. What is a fact may stand filled in; no judgement does."""
