/** Sending what Klarsignal has cleared, by a sending system of one's own. No dependencies; WebCrypto only. */
export { canonical } from './canonical.ts';
export { type Composed, type ComposeOrder, composerVersion } from './compose.ts';
export {
  type ClearedComposer,
  type ClearedComposerOptions,
  type ClearedMail,
  createClearedComposer,
} from './composer.ts';
export { digestTemplate } from './digest.ts';
export { signedHeaderFields } from './headers.ts';
export { checkValues, readSchema, type ValueFault, valueFault } from './merge.ts';
export { ClearanceRefused } from './refused.ts';
export type { MergeField, Template, TemplateAttachment, TemplateRoute } from './template.ts';
export {
  type ClearanceClaims,
  type ClearanceFault,
  type KeySet,
  type VerifiedClearance,
  type VerifyOptions,
  verifyClearance,
} from './verify.ts';
