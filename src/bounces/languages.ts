/**
 * Swedish, German and French, as servers in Europe write them: what stands after the thing that it is said of. All is
 * matched without accents (`folded`); `\S{1,3}` stands where a letter may have come in another encoding.
 */
import { folded } from './about.ts';
import type { BounceClass } from './report.ts';

const recipient = [
  /mottagar\w*|anv\S{1,3}ndar\w*|\w*adress(?:en|er)?|brevl\S{1,3}dan?|inkorg(?:en)?|konto(?:t)?|postl\S{1,3}dan?/,
  /empf\S{1,3}nger\w*|benutzer\w*|nutzer\w*|teilnehmer\w*|adresse|\w*postfach\w*|mailadresse|konto|mailbox/,
  /destinataires?|utilisateurs?|adresse|bo\S{1,3}te(?: aux lettres)?|compte|messagerie|abonn\S{1,2}/,
]
  .map(({ source }) => source)
  .join('|');

const absent = [
  /finns (?:inte|ej)|existerar (?:inte|ej)|ok\S{1,2}nd[at]?|saknas|hittades (?:inte|ej)|hittas (?:inte|ej)|har upph\S{1,2}rt|ogiltig/,
  /unbekannt\w*|existiert nicht|nicht vorhanden|nicht gefunden|nicht bekannt|gibt es nicht|ung\S{1,3}ltig/,
  /inconnue?s?|inexistante?s?|n.existe (?:pas|plus)|introuvable|invalide|non trouvee?/,
]
  .map(({ source }) => source)
  .join('|');

/** In the order of the other table: a passing hindrance, us, the mailbox, and last the address. */
const table: readonly (readonly [BounceClass, readonly RegExp[]])[] = [
  [
    'transient',
    [
      /\btillf\S{1,3}llig|f\S{1,2}rs\S{1,2}k igen|\bv\S{1,2}nta\b.{0,20}\bf\S{1,2}rs\S{1,2}k/,
      /\bvor\S{1,2}bergehend|\btempor\S{1,2}r|\bsp\S{1,2}ter\b|erneut versuchen|voruebergehend/,
      /\btemporaire|plus tard|\br\S{1,2}essay/,
    ],
  ],
  [
    'policy-block',
    [
      /\bavs\S{1,3}ndar|\bskr\S{1,2}ppost|\bbehorighet|\bej beh\S{1,2}rig/,
      /\babsender|\bunerw\S{1,3}nscht|\bspamverdacht|\brichtlinie/,
      /\bexp\S{1,3}diteur|\bind\S{1,2}sirable|\bspam\b|\bliste noire|service refus/,
    ],
  ],
  [
    'mailbox',
    [
      /(?:brevl\S{1,3}da\w*|inkorg\w*|postl\S{1,3}da\w*|konto\w*|lagring\w*)\b.{0,20}\b(?:ar |\S{1,2}r )?(?:\S{0,3}full[at]?)\b|\b(?:kvot\w*|lagringsutrymme\w*)\b/,
      /(?:postfach\w*|mailbox|konto|speicher\w*|quota|kontingent)\b.{0,40}\b(?:voll|\S{2,4}berf\S{1,3}llt|ueberfuellt|\S{1,2}berschritten|ueberschritten)\b|\bspeicherplatz/,
      /bo\S{1,3}te\b.{0,40}\b(?:pleine|satur\S{1,2}e)\b|\bquota\b.{0,20}\b(?:d\S{1,2}pass|atteint)|espace\b.{0,20}\binsuffisant/,
      /(?:konto\w*|brevl\S{1,3}da\w*|anv\S{1,3}ndar\w*|mottagar\w*)\b.{0,30}\b(?:avst\S{1,2}ng[dt]|sp\S{1,2}rra[dt]|inaktiv\w*|st\S{1,2}ng[dt])\b/,
      /(?:konto|postfach|benutzer|empf\S{1,3}nger|mailbox)\b.{0,30}\b(?:gesperrt|deaktiviert|inaktiv)\b/,
      /(?:compte|bo\S{1,3}te|utilisateur|destinataire|adresse)\b.{0,30}\b(?:d\S{1,2}sactiv\S{1,2}e?|suspendue?|bloqu\S{1,2}e?|inactive?|ferm\S{1,2}e?)(?=$|[\s.,;:)])/,
    ],
  ],
  [
    'bad-address',
    [
      new RegExp(`\\b(?:${recipient})\\b.{0,60}\\b(?:${absent})`),
      new RegExp(
        `\\b(?:ok\\S{1,2}nd|ogiltig|ingen s\\S{1,2}dan|unbekannter?|ung\\S{1,3}ltiger?|keine? solche[rs]?|aucune?) (?:${recipient})`,
      ),
    ],
  ],
];

/** As `classOfWords`, of words that are not English. */
export function classOfOtherWords(words: string): BounceClass | undefined {
  const text = folded(words);
  return table.find(([, patterns]) => patterns.some((pattern) => pattern.test(text)))?.[0];
}
