/**
 * What a word for leaving is about, in English and Swedish: one leaves a course, and deregisters a car, with the same
 * words as a mailing. The words of other languages count as they stand.
 */

/** `perhaps`: it is of another matter, nobody can say of what, or the mail denies it. */
export type Sense = 'yes' | 'perhaps';

/** The beginnings of the words that are read further. */
const read = /^\W*(?:un|opt|removal|av-?re?g|av-?pren|avan|sluta|avslut|s[äa]g)/iu;
/** Those that stand before the name of a letter more often than before anything else. */
const ofLetters = /subscri|av-?pren|prenumer|av-?regi?str/iu;

/** What one leaves when one leaves a mailing. */
const mail =
  /(?<!\p{L})(?:\p{L}{0,20}-?mejl|mail|e-?mail|e-?post|utskick|nyhets|\p{L}{0,20}brev(?:et|en|ens)?(?!\p{L})|list(?:a|an|or|orna)?(?!\p{L})|s[äa]ndlist|mejllist|prenumer|meddeland|adress|notiser|oss(?!\p{L})|mig(?!\p{L})|mailing|newsletter|message|update|notification|communication|subscription|address|us\b|me\b|these\b|this\b|all\b|d(?:em|essa)(?!\p{L}))/iu;
/** Events have lists, too. */
const otherList = /\b(?:guest|wait(?:ing)?|wish) ?list|(?:g[äa]st|v[äa]nte|deltagar|[öo]nske)list/iu;
/** What one more often takes leave of by these words, when nothing is said of mail. */
const events =
  /kurs|m[öo]te|lunch|middag|resa|tr[äa]ff|evenemang|lektion|match|l[äa]ger|f[öo]rel[äa]sning|senast|\b(?:course|class|meeting|dinner|event|trip)/iu;

/** Said right before the word. */
const denied =
  /(?:\b(?:not|cannot|unable|impossible|never|no|no longer|no way)|n['’]t|(?<!\p{L})(?:inte|ej|aldrig|utan|ingen))(?:\s(?:to|be|able|possible|currently|yet|have|need|easily|longer|forget|att|l[äa]ngre|bli|kunna|beh[öo]va|tyv[äa]rr|kan|g[åa]r|m[öo]jligt|m[öo]jlighet|sj[äa]lv))*\s+$/iu;
/** Said right after it. */
const deniedAfter =
  /^(?:\s(?:dig|sig|er))?\s(?:[äa]r|g[åa]r|kan|is|are|can)(?:\s\p{L}+)?(?:\s(?:inte|ej|not|om[öo]jlig\p{L}*|impossible)(?!\p{L})|not\b|n['’]t)/iu;

/** Who leaves, when, and how easily: it says nothing of what. */
const aside =
  /^\s+(?:dig|er|dej|mig|sig|yourself|here|now|today|below|anytime|(?:at )?any ?time|any ?more|instantly|easily|(?:with|in|by) (?:(?:just )?one|a single|1) click|link|page|här|nu|nedan|n[äa]r (?:som helst|du vill|ni vill)|enkelt|direkt|gratis|sj[äa]lv|(?:med|i) ett (?:enda )?klick)(?!\p{L})/iu;
/** The sentence goes on to how it is done. */
const how =
  /^\s+(?:(?:p[åa]|under|via|genom|med|i|och|eller|kan|g[öo]r|g[öo]rs|sker|s[åa]|om|klicka|tryck|g[åa]|f[öo]lj|bes[öo]k|svara|skicka|mejla|maila|kontakta|click|tap|go|visit|follow|please|use|using|press|reply|send|write|contact|just|simply|or|and|by|at|with|in|on|through|if|whenever|you|is|will)(?!\p{L})|[/&+–—-])/iu;
const from = /^\s+(?:fr[åa]n|ifr[åa]n|ur|av|f[öo]r|till|p[åa]|from|of|to)(?!\p{L})/iu;
/** “På” a page, not a newspaper. */
const onPage = /^\s+p[åa] (?:(?:min|din|v[åa]r|den h[äa]r|f[öo]ljande) )?(?:l[äa]nk|sid|webb|hemsid)/iu;
/** Where what is said of it ends. */
const clauseEnd = /[.!?:;,|\n”"»({[<%*…]|https?:|www\./u;

const around = 200;

function clauseAfter(text: string, end: number): string {
  const after = text.slice(end, end + around).replace(/^\p{L}+/u, '');
  const ends = after.search(clauseEnd);
  return ends < 0 ? after : after.slice(0, ends);
}

/** What the sentence has said before the word; a question goes on into its answer. */
function sentenceBefore(text: string, start: number): string {
  return (
    text
      .slice(Math.max(0, start - around), start)
      .split(/[.!…](?=\s)|\n/u)
      .at(-1) ?? ''
  );
}

function aboutMail(words: string): boolean {
  return mail.test(words.replace(otherList, ''));
}

/** Whether the mail denies what begins and ends at these characters. */
export function isDenied(text: string, start: number): boolean {
  return denied.test(text.slice(Math.max(0, start - 60), start));
}

/** What is meant by a word for leaving, between two characters of a text. */
export function senseOf(text: string, start: number, end: number): Sense {
  const word = text.slice(start, end);
  if (!read.test(word)) return 'yes';
  if (isDenied(text, start) || deniedAfter.test(text.slice(end, end + 60).replace(/^\p{L}+/u, ''))) {
    return 'perhaps';
  }
  let clause = clauseAfter(text, end);
  for (let more = aside.exec(clause); more; more = aside.exec(clause)) clause = clause.slice(more[0].length);
  const before = sentenceBefore(text, start);
  if (from.test(clause) && !onPage.test(clause)) {
    const object = clause.replace(from, '').slice(0, 60);
    if (object.trim() === '' || aboutMail(object)) return 'yes';
    // “Unsubscribe from Morning News”: a letter has a name.
    return ofLetters.test(word) && /^\s+(?:the )?\p{Lu}\p{Ll}/u.test(object) ? 'yes' : 'perhaps';
  }
  if (aboutMail(clause.slice(0, 40)) || aboutMail(before)) return 'yes';
  if (!/^un|pren/iu.test(word) && (events.test(clause) || events.test(before.slice(-40)))) return 'perhaps';
  if (
    /(?:anm[äa]lan|\ban|sign(?:ing)? up|registration|bokning)-?\s*(?:och|eller|and|or|\/|&)\s*$/iu.test(
      before,
    )
  ) {
    return 'perhaps';
  }
  // In a page without full stops, a capital begins what stands beside.
  return clause.trim() === '' || how.test(clause) || /^\s+\p{Lu}/u.test(clause) ? 'yes' : 'perhaps';
}
