/** How to mend a record of the From domain that receivers cannot use, or that lets anyone in. */
interface Fault {
  domain: string;
  /** A record stands below. */
  box: boolean;
}

interface FaultTerm extends Fault {
  term: string;
}

export const faultWords = {
  en: {
    broken: ({ domain, box }: Fault) =>
      box
        ? 'Change the record to the one below.'
        : `Correct the SPF record of ${domain}, or take out the part that is named above.`,
    everyone: ({ domain, term, box }: FaultTerm) =>
      box
        ? `Take ${term} out: change the record to the one below.`
        : `Take ${term} out of the SPF record of ${domain}, or the part that leads to it, and end the record with ~all.`,
    gone: ({ domain, term, box }: FaultTerm) =>
      `${box ? 'Change the record to the one below.' : `Take ${term} out of the SPF record of ${domain}.`} If ${term} belongs to a service that you still use, ask it for the right name.`,
  },
  sv: {
    broken: ({ domain, box }: Fault) =>
      box
        ? 'Ändra posten till den nedan.'
        : `Rätta SPF-posten för ${domain}, eller ta bort den del som nämns ovan.`,
    everyone: ({ domain, term, box }: FaultTerm) =>
      box
        ? `Ta bort ${term}: ändra posten till den nedan.`
        : `Ta bort ${term} ur SPF-posten för ${domain}, eller den del som leder dit, och avsluta posten med ~all.`,
    gone: ({ domain, term, box }: FaultTerm) =>
      `${box ? 'Ändra posten till den nedan.' : `Ta bort ${term} ur SPF-posten för ${domain}.`} Hör ${term} till en tjänst som du fortfarande använder, fråga den efter rätt namn.`,
  },
};
