/** Names of topics and of the hosts that speak for a region. */

/** A region as AWS writes it, in the one partition whose hosts end so. */
const region = '[a-z]{2}(?:-[a-z]{2,12}){1,2}-\\d{1,2}';
const topicName = new RegExp(`^arn:aws:sns:(${region}):\\d{12}:[A-Za-z0-9_-]{1,256}$`);
const certificateAddress = new RegExp(
  `^https://sns\\.(${region})\\.amazonaws\\.com/SimpleNotificationService-[0-9a-f]{8,64}\\.pem$`,
);

/** Region of a topic; undefined when that is no topic. */
export function regionOf(topic: string): string | undefined {
  return topicName.exec(topic)?.[1];
}

/** Whether an address is where AWS keeps its certificates, written in exactly one way. */
export function isCertificateAddress(url: string): boolean {
  return certificateAddress.test(url);
}

/** Region of such an address; empty when it is none. */
export function regionOfCertificate(url: string): string {
  return certificateAddress.exec(url)?.[1] ?? '';
}

/** Where a region's API is. The region comes from the topics that we were given, never from a message. */
export function apiAddress(topic: string): string {
  return `https://sns.${regionOf(topic)}.amazonaws.com/`;
}
