"""Whatever a platform gives: whose each notebook is, and which lesson."""
