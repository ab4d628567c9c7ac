-- Whether anything was ever heard of a mailing but deliveries, which the tally has.
CREATE INDEX event_but_delivered ON event (organisation, campaign) WHERE kind <> 'delivered';
