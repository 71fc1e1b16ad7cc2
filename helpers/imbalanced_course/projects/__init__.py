"""What tells a learner how far a project has come: one function per project, which judges it on new data.

Each uses the same data every time, so the same delivery always gets the same answer. Payments and parts come from the
course's generators, where the true probability of each row is known, and sums of it replace counts wherever that takes
luck out of the figure. The bank calls are real, and their outcomes are counted. Nothing raises: a delivery that can't
be judged is answered with one sentence.
"""

from imbalanced_course.projects.defects import judge_defects
from imbalanced_course.projects.fraud_alerts import judge_fraud_alerts
from imbalanced_course.projects.placing import Placing
from imbalanced_course.projects.whom_to_call import judge_whom_to_call, known_calls

__all__ = ["Placing", "judge_defects", "judge_fraud_alerts", "judge_whom_to_call", "known_calls"]
