import { AwsError, signed } from './aws';
import { membersIn, oneIn, textIn } from './awsXml';
import { iam, pages, type Values } from './iam';
import { texts } from './iamShapes';

interface Position {
  line: number;
  column: number;
}

/** A statement that counted: the policy's name as IAM tells it, and the statement's place in it; the end is behind the last character. */
export interface Matched {
  policy: string;
  type: string;
  start?: Position;
  end?: Position;
}

/** What would be decided about one action and one resource. */
export interface Evaluation {
  action: string;
  resource: string;
  decision: string;
  matched: Matched[];
  /** Keys that policies ask for and nobody has told. */
  missing: string[];
  /** Without a boundary nothing. */
  boundaryAllows?: boolean;
}

export interface ContextEntry {
  key: string;
  type: string;
  values: string[];
}

export interface Asked {
  /** ARN of a user, group or role. */
  who: string;
  actions: string[];
  resources: string[];
  context: ContextEntry[];
  bucketPolicy?: string;
}

const position = (node: Element | undefined): Position | undefined => node && { line: Number(textIn(node, 'Line')), column: Number(textIn(node, 'Column')) };

const matched = (node: Element): Matched => ({
  policy: textIn(node, 'SourcePolicyId'),
  type: textIn(node, 'SourcePolicyType'),
  start: position(oneIn(node, 'StartPosition')),
  end: position(oneIn(node, 'EndPosition')),
});

export const evaluation = (node: Element): Evaluation => {
  const boundary = oneIn(node, 'PermissionsBoundaryDecisionDetail');
  return {
    action: textIn(node, 'EvalActionName'),
    resource: textIn(node, 'EvalResourceName'),
    decision: textIn(node, 'EvalDecision'),
    matched: membersIn(node, 'MatchedStatements').map(matched),
    missing: texts(node, 'MissingContextValues'),
    boundaryAllows: boundary && textIn(boundary, 'AllowedByPermissionsBoundary') === 'true',
  };
};

export function simulate(as: string, { who, actions, resources, context, bucketPolicy }: Asked): Promise<Evaluation[]> {
  const entries: Values[] = context.map(({ key, type, values }) => ({ ContextKeyName: key, ContextKeyType: type, ContextKeyValues: values }));
  const values = { PolicySourceArn: who, ActionNames: actions, ResourceArns: resources, ContextEntries: entries, ResourcePolicy: bucketPolicy };
  return pages(as, 'SimulatePrincipalPolicy', values, (page) => membersIn(page, 'EvaluationResults').map(evaluation));
}

/** Keys that the policies of somebody ask for. */
export const contextKeysOf = async (as: string, who: string): Promise<string[]> => texts(await iam(as, 'GetContextKeysForPrincipalPolicy', { PolicySourceArn: who }), 'ContextKeyNames');

/** The policy that a bucket has of its own, if it has one; a bucket that is still to be made has none. */
export async function bucketPolicyOf(as: string, bucket: string): Promise<string | undefined> {
  try {
    return await (await signed(as, 's3', { path: `/${bucket}`, query: { policy: '' } })).text();
  } catch (failure) {
    if (failure instanceof AwsError && ['NoSuchBucketPolicy', 'NoSuchBucket'].includes(failure.code)) return undefined;
    throw failure;
  }
}
