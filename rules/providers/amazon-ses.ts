/** Amazon SES as the sending server: what its custom MAIL FROM wants (developer guide, “Using a custom MAIL FROM domain”). */

/** The domain whose SPF record names the servers of Amazon SES. */
export const sesSpf = 'amazonses.com';
export const sesInclude = `include:${sesSpf}`;
export const sesRecord = `v=spf1 ${sesInclude} ~all`;

const sides = 'north|south|east|west|central|northeast|southeast|northwest|southwest';
/** How AWS names its regions. A form and not a list: a region that opens tomorrow is no fault of the sender's. */
const region = new RegExp(`^[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:${sides})-\\d$`);
/** The same with a hyphen missing. */
const nearRegion = new RegExp(`^([a-z]{2})-?(${sides})-?(\\d)$`);

/** True for a server that takes the bounces of a custom MAIL FROM domain. */
export function isFeedbackHost(host: string): boolean {
  const named = /^feedback-smtp\.([a-z0-9-]+)\.amazonses\.com$/.exec(host)?.[1];
  return named !== undefined && region.test(named);
}

/** Amazon SES spoken to by SMTP. */
const sesBySmtp = /\.amazonaws\.com(?::|$)/;

/** True for a sending server that is Amazon SES, whichever way it is spoken to. */
export function isSesServer({ kind, place }: { kind: string; place: string }): boolean {
  return kind === 'ses' || sesBySmtp.test(place);
}

/** True for a MAIL FROM that is Amazon's own, as it is without a custom one. */
export function isSesDomain(domain: string): boolean {
  return domain === sesSpf || domain.endsWith(`.${sesSpf}`);
}

/** The MX record of a custom MAIL FROM domain, for the region that a name means; null: it means none. */
export function feedbackMx(host: string): string | null {
  const labels = host.split('.');
  const named = labels.find((label) => region.test(label)) ?? mended(labels);
  return named === null ? null : `10 feedback-smtp.${named}.${sesSpf}`;
}

/** The MX record of a custom MAIL FROM domain for a region's name; null: it is none. */
export function feedbackOf(name: string): string | null {
  return region.test(name) ? `10 feedback-smtp.${name}.${sesSpf}` : null;
}

/** For Stockholm, where no region is named. */
export const feedbackRecord = `10 feedback-smtp.eu-north-1.${sesSpf}`;

function mended(labels: readonly string[]): string | null {
  const near = labels.map((label) => nearRegion.exec(label)).find((found) => found !== null);
  return near ? near.slice(1).join('-') : null;
}
