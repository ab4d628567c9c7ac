/** Regions of Amazon SES (“Amazon SES endpoints and quotas”, read November 2026), and the country of each. */
const european: Record<string, string> = {
  'eu-north-1': 'SE',
  'eu-west-1': 'IE',
  'eu-west-3': 'FR',
  'eu-central-1': 'DE',
  'eu-south-1': 'IT',
  'eu-south-2': 'ES',
};

/** `eu` in a name is no promise: London and Zurich are not in the EU. */
const others: Record<string, string> = {
  'eu-west-2': 'GB',
  'eu-central-2': 'CH',
  'us-east-1': 'US',
  'us-east-2': 'US',
  'us-west-1': 'US',
  'us-west-2': 'US',
  'ca-central-1': 'CA',
  'ca-west-1': 'CA',
  'sa-east-1': 'BR',
  'af-south-1': 'ZA',
  'ap-east-1': 'HK',
  'ap-northeast-1': 'JP',
  'ap-northeast-2': 'KR',
  'ap-northeast-3': 'JP',
  'ap-south-1': 'IN',
  'ap-south-2': 'IN',
  'ap-southeast-1': 'SG',
  'ap-southeast-2': 'AU',
  'ap-southeast-3': 'ID',
  'ap-southeast-5': 'MY',
  'il-central-1': 'IL',
  'me-central-1': 'AE',
  'me-south-1': 'BH',
};

/**
 * ISO 3166-1 alpha-2 of where SES processes mail.
 * @param outsideEu whether a region outside the EU is wanted. @throws RangeError for one that is refused.
 */
export function countryOfRegion(region: string, outsideEu: boolean): string {
  const inside = european[region];
  if (inside !== undefined) return inside;
  const outside = others[region];
  if (outside !== undefined && outsideEu) return outside;
  const choice = `one of ${Object.keys(european).join(', ')}`;
  if (outside === undefined)
    throw new RangeError(`"${region}" is not a region of Amazon SES that we know; use ${choice}`);
  throw new RangeError(
    `the region ${region} is outside the EU (${outside}); use ${choice}, or say "outsideEu": true if mail may leave the EU`,
  );
}
