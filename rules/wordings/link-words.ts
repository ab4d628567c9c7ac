/**
 * Words on links that say nothing of where they lead, in languages that newsletters here are written in. “Läs mer” and
 * “Read more” are among them as in the lists of Lighthouse 13 (core/audits/seo/link-text.js).
 */

const vague = new Set(
  `här|klicka här|klicka|tryck här|tryck|läs här|se här|länk|länken|denna länk|den här länken|gå hit|hit|mer|mera|
  läs mer|läs mera|se mer|mer info|mer information|les mer|mer informasjon|læs mere|mere|mere info|
  her|klikk her|klik her|trykk her|lenke|lenken|link|
  here|click here|click|tap here|tap|this link|this|go here|see here|read here|press here|more|
  read more|learn more|see more|more info|more information|mehr|mehr lesen|weiterlesen|lees meer|lire la suite|
  en savoir plus|leer más|más información|lue lisää|lisää|
  hier|hier klicken|klicken sie hier|klick hier|klik hier|ici|cliquez ici|aquí|haz clic aquí|clique aqui|clicca qui|
  tästä|klikkaa tästä|klikkaa`
    .split('|')
    .map((words) => words.trim()),
);

/** As somebody hears it: without marks and arrows at the ends, in small letters. */
export function heardAs(text: string): string {
  return text
    .slice(0, 200)
    .toLowerCase()
    .replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')
    .replace(/\s+/g, ' ');
}

/** True where the words by themselves say only that it is a link. */
export function isVague(text: string): boolean {
  return vague.has(heardAs(text));
}
