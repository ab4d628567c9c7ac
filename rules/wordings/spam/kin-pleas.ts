/**
 * A stranger as somebody’s child: a new number, a broken telephone. After warnings of Polisen, Swish and Action Fraud
 * (“Hi Mum”), read 2026-11, in phrases of our own.
 */
import { phrases } from '../phrases.ts';

const elders = '(?:mum|mom|mam|mummy|mommy|dad|daddy|grandma|granny|grandpa|grandad|auntie|aunt|uncle)';
const släkt = '(?:mamma|pappa|mami|papi|mormor|farmor|morfar|farfar|moster|faster)';

export const kinPleas = phrases({
  kin: [
    `hi ${elders}`,
    `hey ${elders}`,
    `hello ${elders}`,
    `dear ${elders}`,
    `hej (?:på dig )?${släkt}`,
    `hejsan ${släkt}`,
    `hallå ${släkt}`,
    `snälla ${släkt}`,
  ],
  number: [
    'new (?:phone |mobile |cell |temporary )?number',
    'temporary (?:phone |mobile )?number',
    'my (?:old )?(?:phone|mobile|cell) (?:is |has |was |got )?(?:been )?(?:broke|broken|smashed|lost|stolen|damaged|fell|dropped)',
    'lost my (?:phone|mobile|cell)',
    'dropped my (?:phone|mobile|cell)',
    'broke my (?:phone|mobile|cell)',
    'smashed my (?:phone|mobile|cell)',
    'nytt (?:tillfälligt )?(?:telefon|mobil)?nummer',
    'nya (?:telefon|mobil)?nummer~',
    'tillfällig~ (?:telefon|mobil)?nummer~',
    'tappa~ (?:bort )?(?:min )?(?:mobil|telefon)~',
    'mobil~ (?:är |har |blev |gick )?(?:trasig|sönder|gått sönder|stulen)',
    'telefon~ (?:är |har |blev |gick )?(?:trasig|sönder|gått sönder|stulen)',
  ],
});
