"""The learner's side of grading: runs answers in the sandbox and hands out data, never verdicts.

Nothing here knows a check, a solution or a gradebook; the sandbox does not even hold them.
"""
