/**
 * Words that domains registered for phishing are made of, as of 2026-11: after Interisle, “Phishing Landscape 2024”, and
 * warnings of Swedish authorities. Two of them and nothing else: a name of one such word is many firms’ own.
 */
const lures = new Set(
  `account alert appeal auth bill billing bonus cancel case center centre claim client code confirm customer delivery
  deposit fee giveaway gov help helpdesk id info invest invoice key login mail mailbox manage message notice notification
  online order package parcel password pay payment portal prize quarantine recovery redelivery refund release renewal
  reset reward rewards safe secure security service services sign signin storage support tax team toll track tracking
  transfer unlock update user validate verification verify voicemail wallet web webmail
  aterbaring avgift bekrafta belona beloning betala betalning bonus faktura fornyelse forsandelse frakt inlogg inloggning
  konto kontoservice kredit kund kundservice kundtjanst legitimering leverans lon losenord mejl meddelande paket
  paminnelse rabatt sakerhet skatt spara tjanst tull uppdatera uppdatering utbetalning verifiera verifiering vinst`
    .split(/\s+/)
    .filter(Boolean),
);
const fewest = 2;

/** The words of a registered name that is made of nothing else, at least two; undefined where it is not. */
export function lureWords(domain: string): readonly string[] | undefined {
  const label = domain.split('.').at(-2) ?? '';
  const words = label
    .replace(/\d{1,4}$/, '')
    .split('-')
    .filter(Boolean);
  return words.length >= fewest && words.every((word) => lures.has(word)) ? words : undefined;
}
