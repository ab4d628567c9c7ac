import { defineStep } from '#rule';
import { dmarcStep } from '../repairs/dmarc-steps.ts';
import { beginning } from '../repairs/dmarc-words.ts';
import { loweredWords, movedWords } from '../repairs/doubled-names.ts';

export default defineStep({
  id: 'dmarc-none',
  needs: ['dmarc', 'dmarcPassing', 'doubledNames'],
  byRoute: false,
  optional: false,
  // It stops no mail, so the reports may begin at once.
  after: ['register'],
  waitDays: 0,
  checks: [
    'dmarc-policy',
    'dmarc-tags',
    'dmarc-place',
    'dmarc-reports',
    'dmarc-aggregate-reports',
    'dmarc-report-address',
    'dmarc-report-authorisation',
  ],
  source: 'RFC 9989 sections 4.7 and 5.1, May 2026',
  read: (facts) => dmarcStep(facts, 'none'),
  words: {
    en: {
      name: 'DMARC with p=none',
      title: ({ domain, wakes }) =>
        wakes
          ? `Mend the DMARC record of ${domain}`
          : `Begin with DMARC for ${domain}, without consequences (p=none)`,
      why: 'Gmail, Yahoo and Outlook.com ask for DMARC of everybody who sends much. With p=none no mail is stopped, and the reports show who sends in your name.',
      how: ({ domain, case: why, at, label, zone, wakes, lowered }) =>
        why === 'moved'
          ? `Publish the record below.${movedWords.en({ at: `${at}`, label: `${label}`, zone: `${zone}` })}${loweredWords.en(`${lowered}`)}`
          : why === 'several'
            ? `There is more than one DMARC record at _dmarc.${domain}, so receivers ignore them all. Keep one TXT record there, the one whose report address (rua) you read, and take the others away.`
            : why === 'alias'
              ? `_dmarc.${domain} is an alias (CNAME). Ask the service that it leads to to mend the DMARC record there, or put a TXT record of your own in place of the alias.`
              : why === 'unclear'
                ? `Nobody can tell what the record at _dmarc.${domain} was meant to say. Write it anew: v=DMARC1; p=none; rua=mailto:dmarc@${domain}`
                : why === 'misspelt'
                  ? `The DMARC record that stands is misspelt. Publish the one below in its place, and see that it says what you meant.${beginning.en({ wakes: `${wakes ?? ''}`, lowered: `${lowered ?? ''}` })}`
                  : `Make sure that dmarc@${domain} can receive mail, or write another address, and publish the record below.`,
      until:
        'Read the reports for at least four weeks, and until at least one whole mailing is in them. All that you send yourself, newsletters, invoices and everyday mail, has to pass by SPF or DKIM of your own domain.',
    },
    sv: {
      name: 'DMARC med p=none',
      title: ({ domain, wakes }) =>
        wakes ? `Rätta DMARC-posten för ${domain}` : `Börja med DMARC för ${domain}, utan följder (p=none)`,
      why: 'Gmail, Yahoo och Outlook.com kräver DMARC av alla som skickar mycket. Med p=none stoppas inga mejl, och rapporterna visar vem som skickar i ditt namn.',
      how: ({ domain, case: why, at, label, zone, wakes, lowered }) =>
        why === 'moved'
          ? `Publicera posten nedan.${movedWords.sv({ at: `${at}`, label: `${label}`, zone: `${zone}` })}${loweredWords.sv(`${lowered}`)}`
          : why === 'several'
            ? `Det finns mer än en DMARC-post på _dmarc.${domain}, och då bryr sig mottagarna inte om någon av dem. Behåll en TXT-post där, den vars rapportadress (rua) du läser, och ta bort de andra.`
            : why === 'alias'
              ? `_dmarc.${domain} är ett alias (CNAME). Be tjänsten som det leder till att rätta DMARC-posten där, eller byt aliaset mot en egen TXT-post.`
              : why === 'unclear'
                ? `Det går inte att säga vad posten på _dmarc.${domain} skulle betyda. Skriv den på nytt: v=DMARC1; p=none; rua=mailto:dmarc@${domain}`
                : why === 'misspelt'
                  ? `DMARC-posten som finns är felskriven. Publicera den nedan i stället, och se efter att den säger det du menade.${beginning.sv({ wakes: `${wakes ?? ''}`, lowered: `${lowered ?? ''}` })}`
                  : `Se till att dmarc@${domain} kan ta emot mejl, eller skriv en annan adress, och publicera posten nedan.`,
      until:
        'Läs rapporterna i minst fyra veckor, och tills minst ett helt utskick finns med. Allt som du skickar själv, nyhetsbrev, fakturor och vanliga mejl, måste godkännas genom SPF eller DKIM för din egen domän.',
    },
  },
});
