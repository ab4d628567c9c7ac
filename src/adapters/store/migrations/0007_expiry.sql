-- A mailing that outlives its clearance: who ordered it, and whether the mail is audited again before the end.
ALTER TABLE campaign ADD COLUMN ordered_by TEXT;
ALTER TABLE campaign ADD COLUMN on_expiry TEXT NOT NULL DEFAULT 'pause' CHECK (on_expiry IN ('pause', 'audit-again'));
-- The audit under way for the next clearance, and why there is none.
ALTER TABLE campaign ADD COLUMN next_audit TEXT;
ALTER TABLE campaign ADD COLUMN next_refused TEXT;

-- The clearance in whose place it was granted: revoking that one revokes this one too.
ALTER TABLE clearance ADD COLUMN follows TEXT;
CREATE INDEX clearance_follows ON clearance (organisation, follows) WHERE follows IS NOT NULL;
