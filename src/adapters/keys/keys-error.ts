export type KeysErrorCode = 'keys-unsafe' | 'keys-damaged' | 'keys-missing' | 'keys-busy';

/** The keys cannot be used. The message is for whoever runs the service, and holds no secret. */
export class KeysError extends Error {
  readonly code: KeysErrorCode;
  constructor(code: KeysErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeysError';
    this.code = code;
  }
}
