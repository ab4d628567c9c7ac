/** A message of SNS as it is posted, and the text that its signature is over. */

const types = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const;

export interface SnsMessage {
  type: (typeof types)[number];
  id: string;
  topic: string;
  /** As written: its very text is signed. */
  timestamp: string;
  message: string;
  token: string;
  version: '1' | '2';
  signature: string;
  certificate: string;
  /** What is signed (AWS, "Verifying the signatures of Amazon SNS messages"). */
  signed: string;
}

const always = ['MessageId', 'TopicArn', 'Message', 'Timestamp', 'Signature', 'SigningCertURL'] as const;

/** Whether it is an event of SES without the message around it. */
export function isBareEvent(body: Uint8Array): boolean {
  const json = objectOf(body) ?? {};
  return (
    !Object.hasOwn(json, 'Type') &&
    ['eventType', 'notificationType'].some((name) => Object.hasOwn(json, name))
  );
}

/** Reads what was posted; undefined when it is no message of SNS, or one that lacks a part. */
export function readMessage(body: Uint8Array): SnsMessage | undefined {
  const json = objectOf(body);
  if (!json) return undefined;
  // Lambda is given the same fields with a small ending.
  const fields = new Map(Object.entries(json).map(([name, value]) => [name.replace(/Url$/, 'URL'), value]));
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const type = types.find((one) => one === text('Type'));
  const version = text('SignatureVersion');
  if (!type || (version !== '1' && version !== '2')) return undefined;
  const confirms = type !== 'Notification';
  if ([...always, ...(confirms ? ['Token', 'SubscribeURL'] : [])].some((name) => text(name) === ''))
    return undefined;
  if (fields.has('Subject') && typeof fields.get('Subject') !== 'string' && fields.get('Subject') !== null)
    return undefined;
  const names = confirms
    ? ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
    : [
        'Message',
        'MessageId',
        ...(typeof fields.get('Subject') === 'string' ? ['Subject'] : []),
        'Timestamp',
        'TopicArn',
        'Type',
      ];
  return {
    type,
    id: text('MessageId'),
    topic: text('TopicArn'),
    timestamp: text('Timestamp'),
    message: text('Message'),
    token: text('Token'),
    version,
    signature: text('Signature'),
    certificate: text('SigningCertURL'),
    signed: names.map((name) => `${name}\n${text(name)}\n`).join(''),
  };
}

function objectOf(body: Uint8Array): object | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
