import { ApiError } from '../api/client';

export type Field = 'name' | 'description' | 'document';

/** The field that a refusal of IAM is about, if it is about one. */
export function fieldOf(error: unknown): Field | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { code, message } = error;
  if (code === 'EntityAlreadyExists') return 'name';
  if (code === 'MalformedPolicyDocument') return 'document';
  if (code === 'LimitExceeded') return /PolicySize|ACLSizePerRole|policy size/i.test(message) ? 'document' : undefined;
  if (code !== 'ValidationError') return undefined;
  const named = /(?:Value at '|specified value for )(\w+)/.exec(message)?.[1] ?? '';
  if (/name$/i.test(named)) return 'name';
  if (/document$/i.test(named)) return 'document';
  return named === 'description' ? 'description' : undefined;
}
