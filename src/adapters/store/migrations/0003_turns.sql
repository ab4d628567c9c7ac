-- Claiming weighs the organisations against each other, and each has a bound on what is unfinished: both ask
-- for what an organisation has open, which alone this holds.
DROP INDEX audit_unfinished;
CREATE INDEX audit_unfinished ON audit (organisation, created_at, id) WHERE finished_at IS NULL;
