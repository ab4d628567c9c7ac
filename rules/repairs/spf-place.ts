/** Words for an SPF record that stands at a name where nobody looks for it. */
interface Misplaced {
  domain: string;
  /** Where it stands. */
  name: string;
  /** A CNAME stands where it belongs. */
  isAlias: boolean;
}

export const misplacedWords = {
  en: {
    heading: ({ domain }: Misplaced) => `The SPF record of ${domain} stands in the wrong place`,
    mend: 'Move the SPF record',
    fix: ({ domain, name, isAlias }: Misplaced) =>
      isAlias
        ? `${domain} is an alias (CNAME), and no other record can stand beside one. Choose another subdomain for sending, or take the CNAME away first, and publish there what stands at ${name}.`
        : `Publish the TXT record below at ${domain} itself. You can take away the one at ${name}, unless another record includes it.${isDoubled(domain, name) ? ` ${doubledWords.en}` : ''}`,
    problem: ({ domain, name }: Misplaced) =>
      `There is an SPF record at ${name}, but receivers look at ${domain} alone, and find none.`,
  },
  sv: {
    heading: ({ domain }: Misplaced) => `SPF-posten för ${domain} står på fel ställe`,
    mend: 'Flytta SPF-posten',
    fix: ({ domain, name, isAlias }: Misplaced) =>
      isAlias
        ? `${domain} är ett alias (CNAME), och där kan ingen annan post finnas. Välj en annan underdomän för utskick, eller ta bort CNAME-posten först, och publicera där det som står på ${name}.`
        : `Publicera TXT-posten nedan på själva ${domain}. Den på ${name} kan du ta bort, om ingen annan post hänvisar till den.${isDoubled(domain, name) ? ` ${doubledWords.sv}` : ''}`,
    problem: ({ domain, name }: Misplaced) =>
      `Det finns en SPF-post på ${name}, men mottagarna tittar bara på ${domain} och hittar ingen.`,
  },
};

/** How a name comes to end twice in that of its zone. */
export const doubledWords = {
  en: 'Many control panels add the name of the domain themselves: leave it out of the name that you write there.',
  sv: 'Många kontrollpaneler lägger till domänens namn själva. Utelämna det i det namn du skriver där.',
};

function isDoubled(domain: string, name: string): boolean {
  return name.startsWith(`${domain}.`) && domain.endsWith(name.slice(domain.length + 1));
}
