export type StoreFailure = 'data-directory-in-use' | 'data-unsafe' | 'database-newer' | 'database-older';

/** The store cannot be opened; `code` is stable, the message is for the person who runs the service. */
export class StoreError extends Error {
  readonly code: StoreFailure;
  constructor(code: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
