import type { Holder } from '../api/iam';
import type { Group } from '../api/iamShapes';
import type { Evaluation, Matched } from '../api/simulation';
import { places, type Place } from '../parts/places';
import { offsetOf, type Range } from './policy/statements';

/** Evaluations that were made with the same bucket's policy. */
export interface Answered {
  evaluations: Evaluation[];
  bucketPolicy?: string;
}

export interface Answer {
  allowed: boolean;
  /** Why, in a sentence. */
  why: string;
}

/** What an evaluation says, in words. */
export function answer({ decision, matched, boundaryAllows }: Evaluation): Answer {
  if (decision === 'allowed') return { allowed: true, why: matched.length > 1 ? `${matched.length} statements allow it.` : 'A statement allows it.' };
  if (decision === 'explicitDeny') return { allowed: false, why: 'A statement denies it: that counts, whatever else allows it.' };
  if (boundaryAllows === false) return { allowed: false, why: 'The permissions boundary does not allow it, whatever else does.' };
  return { allowed: false, why: 'Nothing allows it.' };
}

/** Somebody whose policies count: a user with the groups, or a role. */
export interface Speaker {
  kind: Holder;
  thing: Pick<Group, 'name' | 'attached' | 'inline'> & { boundary?: string };
}

/** A policy in which a statement stands; one with a name of its own is asked for by its ARN. */
export interface Source {
  title: string;
  place?: Place;
  arn?: string;
  document?: string;
}

const PAGES = { User: places.iamUser, Group: places.iamGroup, Role: places.iamRole };

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** The policy that IAM means by its name for it: that of an inline one says whose it is. */
export function sourceOf({ policy, type }: Pick<Matched, 'policy' | 'type'>, speakers: Speaker[], bucketPolicy?: string): Source | undefined {
  if (type === 'resource') return bucketPolicy === undefined ? undefined : { title: 'The policy of the bucket', document: bucketPolicy };
  for (const { kind, thing } of speakers) {
    const who = `${kind.toLowerCase()} ${thing.name}`;
    if (type === kind.toLowerCase()) {
      const inline = thing.inline.find((each) => `${type}_${thing.name}_${each.name}` === policy);
      if (inline) return { title: `Inline policy ${inline.name} of ${who}`, place: PAGES[kind](thing.name), document: inline.document };
    }
    const ofAws = type === 'aws-managed';
    const arns = ofAws || type === 'user-managed' ? [...thing.attached.map(({ arn }) => arn), ...(thing.boundary ? [thing.boundary] : [])] : [];
    const arn = arns.find((each) => nameOf(each) === policy && each.includes(':iam::aws:') === ofAws);
    if (arn) return { title: arn === thing.boundary && !thing.attached.some((each) => each.arn === arn) ? `${policy}, the boundary of ${who}` : `${policy}, attached to ${who}`, place: places.iamPolicy(arn), arn };
  }
  return undefined;
}

/** The statements that counted, by their policies. */
export function byPolicy(matched: Matched[]): Matched[][] {
  const all = new Map<string, Matched[]>();
  for (const each of matched) {
    const key = `${each.type} ${each.policy}`;
    all.set(key, [...(all.get(key) ?? []), each]);
  }
  return [...all.values()];
}

/** Where the statements stand in the document of their policy. */
export function rangesOf(matched: Matched[], document: string): Range[] {
  return matched.flatMap(({ start, end }) => (start && end ? [{ from: offsetOf(document, start), to: offsetOf(document, end) }] : []));
}

/** The bucket of a resource, if it is a thing of S3. */
export function bucketOf(resource: string): string | undefined {
  const bucket = /^arn:aws[a-z-]*:s3:::([^/]+)/.exec(resource)?.[1];
  return bucket && !/[*?]/.test(bucket) ? bucket : undefined;
}
