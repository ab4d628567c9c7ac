-- Bounces and complaints are judged over the last hours too, of a sender's campaigns together and of a sending
-- account's. Counted by the hour as the minutes change, so that nothing is summed but a few rows an active sender.
CREATE TABLE rate (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  domain TEXT NOT NULL,
  -- In which the attempts were made, as in a tally.
  hour TEXT NOT NULL CHECK (hour LIKE '____-__-__T__:00:00.000Z'),
  route TEXT NOT NULL,
  accepted INTEGER NOT NULL CHECK (accepted >= 0),
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  bounced INTEGER NOT NULL CHECK (bounced >= 0),
  complained INTEGER NOT NULL CHECK (complained >= 0),
  PRIMARY KEY (organisation, domain, hour, route)
) STRICT, WITHOUT ROWID;

-- An account's, over all organisations.
CREATE INDEX rate_by_route ON rate (route, hour);

INSERT INTO rate (organisation, domain, hour, route, accepted, rejected, bounced, complained)
SELECT tally.organisation, campaign.domain, substr(minute, 1, 13) || ':00:00.000Z', tally.route,
  sum(accepted), sum(rejected), sum(bounced), sum(complained)
FROM tally JOIN campaign ON campaign.organisation = tally.organisation AND campaign.id = tally.campaign
GROUP BY 1, 2, 3, 4;

CREATE TRIGGER tally_added AFTER INSERT ON tally
BEGIN
  INSERT INTO rate (organisation, domain, hour, route, accepted, rejected, bounced, complained)
  SELECT new.organisation, campaign.domain, substr(new.minute, 1, 13) || ':00:00.000Z', new.route,
    new.accepted, new.rejected, new.bounced, new.complained
  FROM campaign WHERE campaign.organisation = new.organisation AND campaign.id = new.campaign
  ON CONFLICT DO UPDATE SET
    accepted = accepted + excluded.accepted,
    rejected = rejected + excluded.rejected,
    bounced = bounced + excluded.bounced,
    complained = complained + excluded.complained;
END;

-- The row is there: the tally's own was added before it changed.
CREATE TRIGGER tally_changed AFTER UPDATE ON tally
WHEN new.accepted <> old.accepted OR new.rejected <> old.rejected
  OR new.bounced <> old.bounced OR new.complained <> old.complained
BEGIN
  UPDATE rate SET
    accepted = accepted + new.accepted - old.accepted,
    rejected = rejected + new.rejected - old.rejected,
    bounced = bounced + new.bounced - old.bounced,
    complained = complained + new.complained - old.complained
  WHERE organisation = new.organisation AND route = new.route
    AND hour = substr(new.minute, 1, 13) || ':00:00.000Z'
    AND domain = (
      SELECT domain FROM campaign WHERE campaign.organisation = new.organisation AND campaign.id = new.campaign);
END;

-- Campaigns of which bounces or complaints have come that nobody has judged yet.
CREATE TABLE unjudged (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  campaign TEXT NOT NULL,
  -- How many: what comes while it is being judged is judged too.
  events INTEGER NOT NULL CHECK (events > 0),
  PRIMARY KEY (organisation, campaign),
  FOREIGN KEY (organisation, campaign) REFERENCES campaign (organisation, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What a server has put off is tried again by the route of that attempt alone, until then.
ALTER TABLE delivery ADD COLUMN same_route_until TEXT CHECK (same_route_until LIKE '____-__-__T__:__:__.___Z');
