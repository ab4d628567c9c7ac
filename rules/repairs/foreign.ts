/** How to mend what stands at a name of a sending service: nobody else can publish there. */
export const foreign = {
  en: (domain: string) =>
    `${domain} is not yours, so only the service behind it can mend this. Ask it, or send from a subdomain of your own.`,
  sv: (domain: string) =>
    `${domain} är inte din, så bara tjänsten bakom den kan rätta det. Fråga den, eller skicka från en egen underdomän.`,
};
