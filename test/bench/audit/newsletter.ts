/** A mail of the size that is measured. */

/** As a usual template has them: for phones, for dark mode, and against what programs do by themselves. */
const styles = `body{margin:0;padding:0;-webkit-text-size-adjust:100%}table,td{border-collapse:collapse}
img{border:0;height:auto;line-height:100%;outline:none;text-decoration:none}p{display:block;margin:13px 0}
.sheet{width:100%;max-width:600px;background:#fffefa}.button a{color:#ffffff;text-decoration:none}
@media only screen and (max-width:480px){.third{display:block!important;width:auto!important}}
@media (prefers-color-scheme:dark){body{background:#0f1511!important;color:#e3e9e0!important}a{color:#a5d8b0!important}}`;

/** A newsletter of about 80 KB: one section of a plain table layout, again and again. */
export function newsletter(): string {
  const section = `<tr><td style="padding:24px 28px;font-family:Georgia,serif"><h2 style="font-size:21px;margin:0 0 8px">
Odlingslotter</h2><p style="font-size:17px;line-height:1.55;margin:0 0 16px">Kön till lotterna är kort i år. Anmäl dig
före den 1 februari så får du besked i mars.</p><img src="https://example.se/bilder/lott.jpg" width="544" alt="En lott">
<a href="https://example.se/lotter" style="color:#2f6b43">Läs mer om lotterna</a></td></tr>`;
  const body = section.repeat(Math.ceil(80_000 / section.length));
  return `<!doctype html><html lang="sv"><head><title>Brev</title><style>${styles}</style></head><body><table role="presentation">${body}</table>
<p><a href="https://example.se/avregistrera">Avregistrera dig</a></p></body></html>`;
}
