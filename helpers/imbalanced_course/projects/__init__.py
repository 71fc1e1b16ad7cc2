"""What tells a learner how far a project has come: a function a project, which judges what is delivered on fresh data.

Each draws the data from the course's generator with a fixed seed, so that the same delivery always gets the same
answer. The true probability of every simulated row is known: sums of it stand for counts wherever that takes luck out
of the figure. Nothing raises; what cannot be judged is answered with one sentence.
"""

from imbalanced_course.projects.defects import judge_defects
from imbalanced_course.projects.fraud_alerts import judge_fraud_alerts
from imbalanced_course.projects.outreach import judge_outreach
from imbalanced_course.projects.placing import Placing

__all__ = ["Placing", "judge_defects", "judge_fraud_alerts", "judge_outreach"]
