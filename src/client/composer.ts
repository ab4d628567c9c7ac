/** Composes mail from a template and data, and only what a live clearance covers. */
import { sha256 } from './canonical.ts';
import { type Composed, type ComposeOrder, createCompose } from './compose.ts';
import { digestTemplate } from './digest.ts';
import { ClearanceRefused } from './refused.ts';
import type { Template, TemplateAttachment } from './template.ts';
import { type ClearanceClaims, type KeySet, verifyClearance } from './verify.ts';

export interface ClearedComposerOptions {
  /** The compact JWS, as the service granted it. */
  clearance: string;
  /** What /.well-known/jwks.json said. */
  keys: KeySet;
  /** Origin of the service. */
  issuer: string;
  /** Id; left out: the template's. */
  organisation?: string | undefined;
  /** As GET /v1/audits/{id}/template gives it. */
  template: Template;
  /** Bytes of the template's attachments, in any order. */
  attachments?: readonly Uint8Array[] | undefined;
  now?: (() => Date) | undefined;
}

export interface ClearedMail extends Omit<Composed, 'attachments'> {
  attachments: readonly (TemplateAttachment & { bytes: Uint8Array })[];
}

export interface ClearedComposer {
  readonly claims: ClearanceClaims;
  readonly template: Template;
  /** @throws ClearanceRefused when the clearance has ended, or the order does not fit the template. */
  compose(order: ComposeOrder): ClearedMail;
}

/**
 * Verifies the clearance, that it is for this very template, and each attachment's SHA-256.
 * @throws ClearanceRefused with a code of `verifyClearance`, or `other-message`, `attachment-missing`.
 */
export async function createClearedComposer(options: ClearedComposerOptions): Promise<ClearedComposer> {
  const { clearance, keys, issuer, attachments = [], now = () => new Date() } = options;
  // A copy: what its owner changes later was not checked.
  const template = structuredClone(options.template);
  const organisation = options.organisation ?? template.organisation;
  const verified = await verifyClearance(clearance, { keys, issuer, organisation, now: now() });
  if (!verified.valid) throw new ClearanceRefused(verified.code);
  const { claims } = verified;
  const digest = await digestTemplate(template).catch(() => undefined);
  if (digest !== claims.digest) throw new ClearanceRefused('other-message');
  const bytesOf = new Map<string, Uint8Array>();
  for (const given of attachments) {
    const bytes = given.slice();
    bytesOf.set(await sha256(bytes), bytes);
  }
  const attached = template.parts.attachments.map((attachment) => {
    const bytes = bytesOf.get(attachment.sha256);
    if (!bytes) throw new ClearanceRefused('attachment-missing', attachment.filename ?? attachment.sha256);
    return { ...attachment, bytes };
  });
  const compose = createCompose(template);

  return {
    claims,
    template,
    compose(order) {
      if (!(now().getTime() / 1000 < claims.exp)) throw new ClearanceRefused('expired');
      const composed = compose(order);
      if ('refused' in composed) throw new ClearanceRefused(composed.refused, composed.field);
      return { ...composed, attachments: attached };
    },
  };
}
