/** What the author's words, header lines and structure look like to a spam filter. */
import type { Policy } from '../rule.ts';
import type { Submission } from '../submission.ts';
import { sourcePlaces } from './html/places.ts';
import { walked } from './html/walked.ts';
import { type Disguise, disguisesOf } from './wording/disguises.ts';
import { type Dress, dressOf } from './wording/dress.ts';
import { type TextPart, textPartsOf } from './wording/parts.ts';
import { headerPassage, htmlPassage, type Passage, textPassage } from './wording/passages.ts';
import { type Voice, voiceOf } from './wording/voice.ts';

export interface WordingFact extends Dress {
  /** Name of the sender, subject, the HTML as seen, the text part; merge fields filled with their samples. */
  passages: readonly Passage[];
  disguises: readonly Disguise[];
  /** Of the body: the HTML where there is one, else the text. */
  voice: Voice;
  /** null: a template, whose parts are made when it is sent. */
  textParts: readonly TextPart[] | null;
}

/** Never fails: all of it stands in the submission. */
export function gatherWording({
  submission,
  policy,
}: {
  submission: Submission;
  policy: Pick<Policy, 'limits'>;
}): WordingFact {
  const { markup, text, subject, from, message, headers } = submission;
  const walk = markup && walked(markup);
  const places = markup ? sourcePlaces(submission, markup, policy.limits) : () => undefined;
  const html = walk ? htmlPassage(walk.pieces, places) : undefined;
  const plain = text ? textPassage(text) : undefined;
  const passages = [
    ...(subject ? [headerPassage('subject', subject)] : []),
    ...(from.name ? [headerPassage('from', from.name)] : []),
    ...(html ? [html] : []),
    ...(plain ? [plain] : []),
  ];
  return {
    passages,
    disguises: disguisesOf(submission, passages),
    voice: voiceOf(html ?? plain),
    textParts: textPartsOf(message, headers),
    ...dressOf(markup, walk, places),
  };
}
