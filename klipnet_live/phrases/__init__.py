"""The user's own phrases, learnt from a few takes each: profiles, matching, enrolment."""
