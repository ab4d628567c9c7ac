/** Metric-compatible families, best first: a preview must break lines where the recipient's client does. */
const likenesses: [family: string, ...stands: string[]][] = [
  ['Arial', 'Liberation Sans', 'Arimo'],
  ['Helvetica', 'Liberation Sans', 'Arimo'],
  ['Times New Roman', 'Liberation Serif', 'Tinos'],
  ['Courier New', 'Liberation Mono', 'Cousine'],
  ['Calibri', 'Carlito'],
  ['Cambria', 'Caladea'],
];

/**
 * A fontconfig file that takes the system's configuration where there is one and adds folders of ours, so
 * that a machine without any font still draws text.
 */
export function fontConfiguration(folders: readonly string[]): string {
  const directories = ['/usr/share/fonts', '/usr/local/share/fonts', ...folders];
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...directories.map((folder) => `<dir>${escapeXml(folder)}</dir>`),
    '<cachedir prefix="xdg">fontconfig</cachedir>',
    ...likenesses.map(
      ([family, ...stands]) =>
        `<alias binding="same"><family>${family}</family><accept>` +
        `${stands.map((stand) => `<family>${stand}</family>`).join('')}</accept></alias>`,
    ),
    '</fontconfig>',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
