import { ACTIONS, EVERY_ACTION } from './actions';
import { typingAt } from './context';
import { CONDITION_KEYS, ELEMENTS, OPERATORS, PRINCIPALS, STATEMENT_ELEMENTS, VERSIONS } from './grammar';

/** What may be written at a place. */
export interface Offer {
  word: string;
  role: 'key' | 'value';
  /** From where on what is written is replaced. */
  from: number;
  quoted: boolean;
}

const SERVICES = ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'elasticmapreduce.amazonaws.com', 'glue.amazonaws.com', 'batch.amazonaws.com'];
const ACTION_WORDS = ['*', ...Object.keys(ACTIONS).map((service) => `${service}:*`), ...EVERY_ACTION];
const ARNS = ['*', 'arn:aws:s3:::', 'arn:aws:iam::'];
const VALUES: Record<string, readonly string[]> = {
  Version: VERSIONS,
  Effect: ['Allow', 'Deny'],
  Action: ACTION_WORDS,
  NotAction: ACTION_WORDS,
  Resource: ARNS,
  NotResource: ARNS,
  Service: SERVICES,
  Principal: ['*'],
};

function words(path: string[], role: 'key' | 'value'): readonly string[] {
  const last = path.at(-1) ?? '';
  if (role === 'value') return Object.hasOwn(VALUES, last) ? (VALUES[last] ?? []) : [];
  if (path.length === 0) return ELEMENTS;
  if (path.length === 1) return last === 'Statement' ? STATEMENT_ELEMENTS : [];
  if (/^(?:Not)?Principal$/.test(last)) return PRINCIPALS;
  if (last === 'Condition') return OPERATORS;
  return path.at(-2) === 'Condition' ? CONDITION_KEYS : [];
}

/** All that may stand at a place; those that fit what is written there already are for the editor to choose. */
export function offers(text: string, at: number): Offer[] {
  const { path, role, quoted } = typingAt(text, at);
  const from = quoted ?? at - (/[A-Za-z]*$/.exec(text.slice(0, at))?.[0].length ?? 0);
  return words(path, role).map((word) => ({ word, role, from, quoted: quoted !== undefined }));
}
