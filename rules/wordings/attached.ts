/** Files as the examples of the rules about attachments have them, and how a file is named to a reader. */

/** In base64, each the smallest that is still what it says. */
export const samples = {
  pdf: 'JVBERi0xLjcKdHJhaWxlciA8PC9Sb290IDEgMCBSPj4KJSVFT0Y=',
  lockedPdf: 'JVBERi0xLjcKdHJhaWxlciA8PC9Sb290IDEgMCBSIC9FbmNyeXB0IDkgMCBSPj4KJSVFT0Y=',
  /** Holds program.txt. */
  zip: 'UEsDBBQAAAAAAABIdl2DFtyMAQAAAAEAAAALAAAAcHJvZ3JhbS50eHR4UEsBAhQDFAAAAAAAAEh2XYMW3IwBAAAAAQAAAAsAAAAAAAAAAAAAAIABAAAAAHByb2dyYW0udHh0UEsFBgAAAAABAAEAOQAAACoAAAAAAA==',
  /** Holds kort.exe, which is a letter long. */
  zipWithProgram:
    'UEsDBBQAAAAAAABIdl2DFtyMAQAAAAEAAAAIAAAAa29ydC5leGV4UEsBAhQDFAAAAAAAAEh2XYMW3IwBAAAAAQAAAAgAAAAAAAAAAAAAAIABAAAAAGtvcnQuZXhlUEsFBgAAAAABAAEANgAAACcAAAAAAA==',
  lockedZip:
    'UEsDBBQAAQAAAABIdl2DFtyMAQAAAAEAAAAFAAAAYS50eHR4UEsBAhQDFAABAAAAAEh2XYMW3IwBAAAAAQAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACQAAAAAAA==',
  /** Holds a.zip, and has a password. */
  lockedArchive:
    'UEsDBBQAAQAAAABIdl2DFtyMAQAAAAEAAAAFAAAAYS56aXB4UEsBAhQDFAABAAAAAEh2XYMW3IwBAAAAAQAAAAUAAAAAAAAAAAAAAIABAAAAAGEuemlwUEsFBgAAAAABAAEAMwAAACQAAAAAAA==',
  /** The first octets of a virtual disk. */
  disk: 'dmhkeGZpbGU=',
  /** It runs a script as it is opened. */
  scriptPdf:
    'JVBERi0xLjcKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvT3BlbkFjdGlvbjw8L1MvSmF2YVNjcmlwdC9KUyhhcHAuYmVlcFwoMFwpKT4+Pj4KZW5kb2JqCnRyYWlsZXIgPDwvUm9vdCAxIDAgUj4+CiUlRU9G',
  /** It starts another program as it is opened. */
  launchPdf:
    'JVBERi0xLjcKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvT3BlbkFjdGlvbjw8L1MvTGF1bmNoL0YoY21kLmV4ZSk+Pj4+CmVuZG9iagp0cmFpbGVyIDw8L1Jvb3QgMSAwIFI+PgolJUVPRg==',
  /** A web page with a script. */
  page: 'PCFkb2N0eXBlIGh0bWw+PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  /** A web page that is only to be read. */
  plainPage: 'PCFkb2N0eXBlIGh0bWw+PHA+SGVqITwvcD4=',
  /** It holds a formula of the older kind, which another program shows. */
  objectRtf:
    'e1xydGYxe1xvYmplY3Rcb2JqZW1ie1wqXG9iamRhdGEgMDEwNTAwMDAwMjAwMDAwMDBiMDAwMDAwNDU3MTc1NjE3NDY5NmY2ZTJlMzMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMH19fQ==',
  /** It fetches its template from the web. */
  templateDocx:
    'UEsDBBQAAAAAAABgd13HHBc8CAAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbDxUeXBlcy8+UEsDBBQAAAAAAABgd133t5eYYgAAAGIAAAAcAAAAd29yZC9fcmVscy9zZXR0aW5ncy54bWwucmVsczxSZWxhdGlvbnNoaXAgVHlwZT0iL2F0dGFjaGVkVGVtcGxhdGUiIFRhcmdldD0iaHR0cHM6Ly9leGFtcGxlLmNvbS9hLmRvdG0iIFRhcmdldE1vZGU9IkV4dGVybmFsIi8+UEsBAhQDFAAAAAAAAGB3XcccFzwIAAAACAAAABMAAAAAAAAAAAAAAIABAAAAAFtDb250ZW50X1R5cGVzXS54bWxQSwECFAMUAAAAAAAAYHdd97eXmGIAAABiAAAAHAAAAAAAAAAAAAAAgAE5AAAAd29yZC9fcmVscy9zZXR0aW5ncy54bWwucmVsc1BLBQYAAAAAAgACAIsAAADVAAAAAAA=',
  /** A notebook with a file in it. */
  notebook:
    '5FJce4zYp02usVN40CmW0wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP92aEBuR9Uml0BeR7ciu2OcW471lJhFFpMSNTQt6nqwDAAAAAAAAAAAAAAAAAAAAAAAAAGRpcg==',
  docx: 'UEsDBBQAAAAAAABIdl2DFtyMAQAAAAEAAAARAAAAd29yZC9kb2N1bWVudC54bWx4UEsBAhQDFAAAAAAAAEh2XYMW3IwBAAAAAQAAABEAAAAAAAAAAAAAAIABAAAAAHdvcmQvZG9jdW1lbnQueG1sUEsFBgAAAAABAAEAPwAAADAAAAAAAA==',
  docm: 'UEsDBBQAAAAAAABIdl2DFtyMAQAAAAEAAAATAAAAd29yZC92YmFQcm9qZWN0LmJpbnhQSwECFAMUAAAAAAAASHZdgxbcjAEAAAABAAAAEwAAAAAAAAAAAAAAgAEAAAAAd29yZC92YmFQcm9qZWN0LmJpblBLBQYAAAAAAQABAEEAAAAyAAAAAAA=',
  lockedOffice:
    '0M8R4KGxGuEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABFAG4AYwByAHkAcAB0AGUAZABQAGEAYwBrAGEAZwBlAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==',
  macroOffice:
    '0M8R4KGxGuEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABfAFYAQgBBAF8AUABSAE8ASgBFAEMAVAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==',
  /** The header of a Windows program, and no program. */
  program:
    'TVoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  text: 'SGVqIQ==',
};

const line = 76;

/** A message with a file. `headers`: more of them for its part. */
export function attached(
  name: string,
  type: string,
  base64: string,
  headers = '',
  html = '<p>Hej!</p>',
): string {
  const lines = base64.match(new RegExp(`.{1,${line}}`, 'g')) ?? [];
  return [
    'From: Vi <a@example.se>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--x',
    `Content-Type: ${type}`,
    ...(headers === '' ? [] : [headers]),
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    ...lines,
    '--x--',
    '',
  ].join('\r\n');
}

/** As a reader knows the file: by its name, else by its type. */
export function called({ name, contentType }: { name: string | null; contentType: string }): string {
  return (name || contentType).slice(0, 100).toWellFormed();
}
