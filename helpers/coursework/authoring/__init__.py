"""From a lesson's source to its executed solution and its release."""
