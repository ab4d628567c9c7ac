/** Merge fields, and the template as another sender gets it. */
export const templateSwedish: Record<string, string> = {
  'The audited mail before merging, for a sending system of your own':
    'Det granskade mejlet före ifyllning, för ett eget utskickssystem',
  'The template, its digest and its attachments': 'Mallen, dess digest och bilagorna',
  'The mail before merging. Its canonical JSON (RFC 8785) has the digest.':
    'Mejlet före ifyllning. Digesten är av dess kanoniska JSON (RFC 8785).',
  'Name in lower case, and value.': 'Namn med små bokstäver, och värde.',
  'What a clearance is bound to.': 'Det som en klarsignal är bunden till.',
  'Bytes of each attachment, in Base64.': 'Varje bilagas byte, i Base64.',
  'What is filled in for each recipient, at most 50; {{name}} stands for it in the mail.':
    'Det som fylls i för varje mottagare, högst 50. {{name}} står för det i mejlet.',
  'Of a text: characters, 1 to 500; 100 when left out.': 'För text: antal tecken, 1 till 500. Annars 100.',
  'Of a url: hosts that it may go to, such as example.se or *.example.se.':
    'För url: värdar som den får gå till, som example.se eller *.example.se.',
  'A value that the mail is audited with.': 'Ett värde som mejlet granskas med.',
  'true: by the standard server that is registered for the domain, without being registered here.':
    'true: genom den standardserver som är registrerad för domänen, utan att den är registrerad här.',
  'Merge fields were filled in with sample data.': 'Kopplingsfält fylldes i med exempeldata.',
  'A value for each merge field of another sending tool: an object of names and values, or text in JSON or CSV. The mail is judged with them in place, an empty one as well, since lists have gaps; its digest does not change, and the audit never earns a clearance.':
    'Ett värde för varje kopplingsfält i ett annat utskicksverktyg: ett objekt med namn och värden, eller text i JSON eller CSV. Mejlet granskas med dem på plats, även ett tomt, eftersom listor har luckor. Digesten ändras inte, och granskningen ger aldrig klarsignal.',
  'Mail programs that the readers use, of 100: name=share with commas between. What they lack is weighed by it.':
    'Mejlprogrammen som läsarna använder, av 100: namn=andel med komma emellan. Det de saknar vägs efter det.',
  'Merge fields that the mail must have, by name, at most 50.':
    'Kopplingsfält som mejlet måste ha, efter namn, högst 50.',
  'The same in JSON or CSV, as text.': 'Samma sak i JSON eller CSV, som text.',
  'From so many points it is spam; null: the filter does not say.':
    'Från så många poäng är det skräppost. null: filtret säger det inte.',
  'What the filter would do, in its own words.': 'Vad filtret skulle göra, med dess egna ord.',
  'null: the filter gave no answer.': 'null: filtret gav inget svar.',
  'Several: separated by commas.': 'Flera: med komma emellan.',
  'The same list as in JSON, as text.': 'Samma lista som i JSON, som text.',
};
