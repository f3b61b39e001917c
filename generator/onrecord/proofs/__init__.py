"""Two-way proofs: whether an account that the site points to points back.

Each kind of proof is one file with two members: `questions` says what to ask, `decide` says what the answers mean.
Neither has hands. `asking.py` is the hand for all of them. `docs/design/voices.md` says what each one proves.
"""
