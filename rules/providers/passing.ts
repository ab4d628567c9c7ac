/** Which checks show, before the mail goes, that a receiver's own would pass. Shared by the providers' files. */
import type { ProviderWay } from '#rule';

/** SPF passes for the sending subdomain: one readable record within its limits, with the sending service in it. */
export const spfPasses: ProviderWay = {
  needs: ['mail-from-spf', 'spf-include', 'spf-lookup-limit', 'spf-sender'],
  // Of addresses that somebody has named.
  heeds: ['spf-sending-address'],
};

/** The mail is signed by a key that counts. A template is signed when it is sent, so a signature may not be there. */
export const dkimPasses: ProviderWay = {
  needs: ['dkim-key', 'dkim-key-strength'],
  heeds: ['dkim-signature'],
};

/** The same at those who do not read Ed25519 (URIports, DKIM Ed25519-SHA256 adoption, read 2026-11). */
export const dkimPassesByRsa: ProviderWay = {
  needs: ['dkim-key', 'dkim-key-strength'],
  heeds: ['dkim-signature', 'dkim-key-type'],
};

/** DKIM passes for the From domain, or for one of the same owner: whatever DMARC says, and where it says nothing. */
export const dkimOwn: ProviderWay = {
  needs: ['dkim-key', 'dkim-key-strength', 'dkim-from-domain'],
  heeds: ['dkim-signature'],
};

export const dmarcPublished: ProviderWay = { needs: ['dmarc-policy'] };

/** The From domain is that of SPF or of DKIM, by DMARC's measure. */
export const aligned: ProviderWay = { needs: ['dmarc-alignment'] };

/** The same where there is no DMARC record to measure by, and so nothing that DMARC would not pass. */
export const alignedWithoutDmarc: ProviderWay = {
  needs: ['dkim-key', 'dkim-key-strength', 'dkim-from-domain'],
  heeds: ['dkim-signature', 'dkim-key-type', 'dmarc-alignment'],
};

/** Of several ways, all at once. */
export function together(...ways: readonly ProviderWay[]): ProviderWay {
  const heeds = [...new Set(ways.flatMap((way) => way.heeds ?? []))];
  return {
    needs: [...new Set(ways.flatMap(({ needs }) => needs))],
    ...(heeds.length > 0 ? { heeds } : {}),
  };
}

/** Headers that may stand only once. The rest of the format is written by the sending server. */
export const oneOfEachHeader = ['repeated-headers'];

/** A name in DNS that leads back, of the sending servers that somebody has named. */
export const reverseShown = ['address-reverse'];

/** Why something cannot be seen from here, in words that several providers share. */
export const unseen = {
  tls: {
    en: 'Whether the sending server encrypts the transfer shows only when it sends. Amazon SES and most services do; the Received header of a delivered mail tells (TLS or ESMTPS).',
    sv: 'Om utskicksservern krypterar överföringen syns först när den skickar. Amazon SES och de flesta tjänster gör det. Huvudet Received i ett levererat mejl visar det (TLS eller ESMTPS).',
  },
  format: {
    en: 'Much of the format is written by the sending server when the mail goes. We only see whether a header that may stand once stands twice, in a message that was sent.',
    sv: 'Mycket av formatet skrivs av utskicksservern när mejlet går. Vi ser bara om ett huvud som får stå en gång står två gånger, i ett mejl som har skickats.',
  },
  consent: {
    en: 'Who has agreed to your mail only your own list can tell.',
    sv: 'Vilka som har sagt ja till dina mejl vet bara din egen lista.',
  },
  promptly: {
    en: 'How soon an unsubscription takes effect shows only after the mailing. Klarsignal stops at once for mail that it sends itself.',
    sv: 'Hur snabbt en avregistrering slår igenom syns först efter utskicket. För mejl som Klarsignal skickar gäller den genast.',
  },
  reverse: {
    en: 'Nobody has named the address of the sending server. Whoever runs that server sets its name; Amazon SES and most services have done so.',
    sv: 'Ingen har angett utskicksserverns adress. Den som driver servern ger adressen sitt namn. Amazon SES och de flesta tjänster har gjort det.',
  },
} as const;
