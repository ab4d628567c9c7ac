/** What `klarsignal replay` says beside the report. */
import type { Locale } from '../../rule.ts';

interface ReplayWords {
  usage: string;
  noId: string;
  tooMany: string;
  refused: Record<'missing' | 'unfinished' | 'not-kept' | 'changed', string>;
  /** What the report rests on. */
  note(at: string, sameRules: boolean): string;
  leftOut(count: number): string;
}

const flags =
  'replay ID [--no-previews] [--records plain|bind|terraform] [--format text|json] [--locale en|sv]';

export const replayWords: Record<Locale, ReplayWords> = {
  en: {
    usage: `klarsignal ${flags}

  Judges a kept audit again with the rules of today, from the answers that DNS and servers gave
  then: nothing is looked up anew, and time stands where it stood. What was not asked then has
  no answer. Never gives a clearance, and changes nothing. Exits as audit does.

  ID               id of the audit, from its report or its address.
  --no-previews    draws none.
  --records        as for audit.
`,
    noId: 'Say which audit. Its id stands in its report and in its address.',
    tooMany: 'One audit at a time.',
    refused: {
      missing: 'There is no such audit here.',
      unfinished: 'The audit has no verdict: it is still under way, or it failed.',
      'not-kept':
        'The answers of this audit were not kept: it is older than the version that keeps them. Audit the mail again.',
      changed: 'What was kept of this audit cannot be read by this version. Audit the mail again.',
    },
    note: (at, sameRules) =>
      `Judged with ${sameRules ? 'the same rules as then' : 'the rules of today'}, from the answers of ${at}. A trial: it gives no clearance.`,
    leftOut: (count) =>
      count === 1
        ? '1 answer was too large to keep, so what rests on it has none.'
        : `${count} answers were too large to keep, so what rests on them has none.`,
  },
  sv: {
    usage: `klarsignal ${flags}

  Bedömer en sparad granskning igen med dagens regler, utifrån de svar som DNS och servrar gav
  då: inget slås upp på nytt, och klockan står där den stod. Det som inte frågades då saknar
  svar. Ger aldrig klarsignal och ändrar inget. Slutkoderna är desamma som för audit.

  ID               granskningens id, från rapporten eller dess adress.
  --no-previews    ritar inga förhandsvisningar.
  --records        som för audit.
`,
    noId: 'Ange vilken granskning. Dess id står i rapporten och i adressen.',
    tooMany: 'En granskning i taget.',
    refused: {
      missing: 'Granskningen finns inte här.',
      unfinished: 'Granskningen har inget resultat: den pågår fortfarande, eller misslyckades.',
      'not-kept':
        'Svaren från den här granskningen sparades inte: den är äldre än den version som sparar dem. Granska mejlet igen.',
      changed:
        'Det som sparades av granskningen går inte att läsa med den här versionen. Granska mejlet igen.',
    },
    note: (at, sameRules) =>
      `Bedömd med ${sameRules ? 'samma regler som då' : 'dagens regler'}, utifrån svaren från ${at}. En provkörning: den ger ingen klarsignal.`,
    leftOut: (count) =>
      count === 1
        ? '1 svar var för stort för att sparas, så det som vilar på det saknar svar.'
        : `${count} svar var för stora för att sparas, så det som vilar på dem saknar svar.`,
  },
};
