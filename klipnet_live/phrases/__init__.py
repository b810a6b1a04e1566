"""Phrases of one's own, read from a few takes of each: profiles, matching, enrolment."""
