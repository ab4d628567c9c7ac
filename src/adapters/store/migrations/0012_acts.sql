-- Who did what with a mailing: ordered, let it go, paused, cancelled.
CREATE TABLE campaign_act (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  campaign TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  act TEXT NOT NULL CHECK (act IN ('ordered', 'resumed', 'paused', 'cancelled')),
  -- Id of a person or a key.
  by TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, campaign, number),
  FOREIGN KEY (organisation, campaign) REFERENCES campaign (organisation, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- It only shows what would go: in no list, never sent, and forgotten as soon as it has ended.
ALTER TABLE campaign ADD COLUMN dry_run INTEGER NOT NULL DEFAULT 0 CHECK (dry_run IN (0, 1));
-- Who has got another version of the mail lately is left out as the list is read; else how many of them it has.
ALTER TABLE campaign ADD COLUMN leave_out_earlier INTEGER NOT NULL DEFAULT 0 CHECK (leave_out_earlier IN (0, 1));
ALTER TABLE campaign ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0 CHECK (earlier >= 0);

-- Those who are left out when the list has been read already.
CREATE TRIGGER delivery_removed AFTER DELETE ON delivery
BEGIN
  UPDATE delivery_count SET deliveries = deliveries - 1
  WHERE organisation = old.organisation AND campaign = old.campaign AND state = old.state;
END;
