/** Which languages a text may be in, as far as words for unsubscribing are known of them. */

/** Words that no longer text goes without, of the languages in Latin letters that we have words of. */
const common = new Set(
  `och att det som en på är av för med till den har inte om ett du vi så de du din ditt dig
  og at er han ikke der var sig deg ikkje ein kan vil
  the of and to in is you that it on are with as your this we our be at from or if an
  ja ei että se mutta ovat kun niin myös tai joka ole sekä
  að sem við því þú eru það
  der die und von zu das mit sich des auf für ist im dem nicht ein eine sie wir ihr ihre
  van ik dat een het niet zijn op aan voor je uw bij ook
  la le et les des du un une que est pour qui dans par plus pas au sur vous nous votre vos
  el los las del por con para una su al es tus nuestro más
  els amb és dels una
  do da em um uma com não os no na dos seu você mais
  di che il per sono non si della gli dei questo tua
  nie się że jest jak dla oraz lub przez
  pro jsou jako nebo který vás sme ako
  az és hogy nem egy meg van ez
  și că cu pe nu din sau pentru este
  ili je koji ako kao biti ali
  dhe për në të një
  see oma kui või ning
  un ir ar vai lai jūs
  ir į yra su kad jūsų
  ve bir bu için ile olarak
  yn ar gyda hon
  agus nó ár tá
  và của là cho bạn với
  yang dan untuk dengan ini anda
  eta da baina zure
  lorem ipsum dolor sit amet elit sed`
    .split(/\s+/)
    .filter((word) => word.length > 1),
);
const letters =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}]/gu;
/** Enough of a text to tell by. */
const sample = 4000;
const fewWords = 8;
const leastShare = 0.05;

/** False for a text that is in a language we have no words of, as far as its letters and words tell. */
export function isKnownLanguage(text: string): boolean {
  const beginning = text.slice(0, sample);
  const all = beginning.match(/\p{L}/gu)?.length ?? 0;
  const read = beginning.match(letters)?.length ?? 0;
  if (all > read * 2) return false;
  const words = beginning.toLowerCase().match(/\p{Script=Latin}{2,}/gu) ?? [];
  if (words.length < fewWords || words.join('').length * 2 < all) return true;
  return words.filter((word) => common.has(word)).length >= words.length * leastShare;
}
