import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'document-type',
  severity: 'advice',
  reference:
    'WHATWG HTML section 13.2.6.4.1 and Quirks Mode; caniemail.com, html-doctype, tested 2019 to 2024: Apple Mail, Gmail and others go by it',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const { kind, at } = markup.head.doctype;
    // A piece of a page, as people write mail, is shown inside the program's own.
    if (kind === 'none' && !at) return [];
    return kind === 'standard' ? [] : [problem(kind, {}, { at })];
  },
  words: {
    en: {
      title: 'Document type',
      heading: {
        none: () => 'The page does not begin with its document type',
        old: () => 'The document type is from the nineties',
      },
      mend: 'Begin with <!DOCTYPE html>',
      why: 'Programs such as Apple Mail draw such a page as browsers did in the nineties: text in tables loses its size and colour, and widths are counted differently.',
      fix: 'Write <!DOCTYPE html> on the first line, before <html>, in place of any other document type.',
      problems: {
        none: () => 'There is no <!DOCTYPE html> before <html>.',
        old: () => 'The <!DOCTYPE …> of the page puts programs in their old way of drawing.',
      },
    },
    sv: {
      title: 'Dokumenttyp',
      heading: {
        none: () => 'Sidan börjar inte med sin dokumenttyp',
        old: () => 'Dokumenttypen är från nittiotalet',
      },
      mend: 'Börja med raden <!DOCTYPE html>',
      why: 'Program som Apple Mail ritar en sådan sida som webbläsare gjorde på nittiotalet: text i tabeller tappar storlek och färg, och bredder räknas på annat sätt.',
      fix: 'Skriv <!DOCTYPE html> på första raden, före <html>, i stället för en eventuell annan dokumenttyp.',
      problems: {
        none: () => 'Det står ingen <!DOCTYPE html> före <html>.',
        old: () => 'Sidans <!DOCTYPE …> får program att rita på sitt gamla sätt.',
      },
    },
  },
  examples: {
    good: [
      { html: '<!doctype html><html lang="sv"><body><p>Hej!</p></body></html>' },
      {
        html: '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html><body><p>Hej!</p></body></html>',
      },
      { html: '<p>Hej!</p>' },
    ],
    bad: [
      { world: { html: '<html lang="sv"><body><p>Hej!</p></body></html>' }, finds: 'none' },
      {
        world: {
          html: '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><html><body><p>Hej!</p></body></html>',
        },
        finds: 'old',
      },
    ],
  },
});
