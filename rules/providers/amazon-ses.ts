/** Amazon SES as the sending server: what its custom MAIL FROM wants (developer guide, “Using a custom MAIL FROM domain”). */

/** The domain whose SPF record names the servers of Amazon SES. */
export const sesSpf = 'amazonses.com';
export const sesInclude = `include:${sesSpf}`;
export const sesRecord = `v=spf1 ${sesInclude} ~all`;

/** How AWS names its regions. A form and not a list: a region that opens tomorrow is no fault of the sender's. */
const region =
  /^[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d$/;

/** True for a server that takes the bounces of a custom MAIL FROM domain. */
export function isFeedbackHost(host: string): boolean {
  const named = /^feedback-smtp\.([a-z0-9-]+)\.amazonses\.com$/.exec(host)?.[1];
  return named !== undefined && region.test(named);
}

/** The MX record of a custom MAIL FROM domain, for the region that a name mentions, else for Stockholm. */
export function feedbackMx(host = ''): string {
  const named = host.split('.').find((label) => region.test(label)) ?? 'eu-north-1';
  return `10 feedback-smtp.${named}.amazonses.com`;
}
