/** Why the guard made no connection, or went no further. */

export type RefusalCode =
  | 'url-invalid'
  | 'scheme-refused'
  | 'port-refused'
  | 'credentials-refused'
  | 'address-refused'
  | 'redirect-refused'
  | 'redirects-too-many'
  | 'too-late';

/** Says nothing of the address asked for, which may hold a secret. */
export class FetchRefused extends Error {
  constructor(code: RefusalCode) {
    super(code);
    this.name = code;
  }
}
