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
  'The same list as in JSON, as text.': 'Samma lista som i JSON, som text.',
};
