import { DOMParser } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { oneIn } from './awsXml';
import { flat } from './iam';
import { policy, role, user } from './iamShapes';
import { evaluation } from './simulation';

const read = (xml: string) => {
  const found = oneIn(new DOMParser().parseFromString(xml, 'application/xml') as unknown as Document, 'member');
  if (!found) throw new Error('no member');
  return found;
};

test('lists and what is in them are numbered from one', () => {
  expect(flat({ A: 'x', B: undefined, C: false, D: [], E: ['p', 'q'], F: [{ Key: 'k', Values: ['v', 'w'] }] })).toEqual({
    A: 'x',
    C: 'false',
    'E.member.1': 'p',
    'E.member.2': 'q',
    'F.member.1.Key': 'k',
    'F.member.1.Values.member.1': 'v',
    'F.member.1.Values.member.2': 'w',
  });
});

test('an evaluation is read with the places of what counted', () => {
  const answer = read(
    `<member xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><EvalActionName>s3:GetObject</EvalActionName><EvalResourceName>*</EvalResourceName>
    <EvalDecision>allowed</EvalDecision><MatchedStatements><member><SourcePolicyId>role_machines_raw</SourcePolicyId><SourcePolicyType>role</SourcePolicyType>
    <StartPosition><Line>3</Line><Column>5</Column></StartPosition><EndPosition><Line>9</Line><Column>6</Column></EndPosition></member></MatchedStatements>
    <MissingContextValues><member>s3:prefix</member></MissingContextValues>
    <PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail></member>`,
  );
  expect(evaluation(answer)).toEqual({
    action: 's3:GetObject',
    resource: '*',
    decision: 'allowed',
    matched: [{ policy: 'role_machines_raw', type: 'role', start: { line: 3, column: 5 }, end: { line: 9, column: 6 } }],
    missing: ['s3:prefix'],
    boundaryAllows: false,
  });
  expect(evaluation(read('<member><EvalDecision>implicitDeny</EvalDecision></member>'))).toMatchObject({ decision: 'implicitDeny', matched: [], missing: [], boundaryAllows: undefined });
});

test('things of IAM are read, their documents decoded', () => {
  const policies = '<AttachedManagedPolicies><member><PolicyName>P</PolicyName><PolicyArn>arn:aws:iam::aws:policy/P</PolicyArn></member></AttachedManagedPolicies>';
  expect(
    user(
      read(
        `<member><UserName>ann</UserName><GroupList><member>g</member></GroupList>${policies}<UserPolicyList><member><PolicyName>own</PolicyName>
        <PolicyDocument>%7B%22a%22%3A%20%22%2B%2A%22%7D</PolicyDocument></member></UserPolicyList><Tags><member><Key>k</Key><Value></Value></member></Tags></member>`,
      ),
    ),
  ).toMatchObject({
    name: 'ann',
    groups: ['g'],
    attached: [{ name: 'P', arn: 'arn:aws:iam::aws:policy/P' }],
    inline: [{ name: 'own', document: '{"a": "+*"}' }],
    tags: [{ key: 'k', value: '' }],
    boundary: undefined,
  });
  expect(
    role(
      read(
        `<member><RoleName>machines</RoleName><AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument><InstanceProfileList><member><InstanceProfileName>i</InstanceProfileName>
        </member></InstanceProfileList><PermissionsBoundary><PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary><RoleLastUsed/></member>`,
      ),
    ),
  ).toMatchObject({ trust: '{}', profiles: ['i'], boundary: 'arn:b', used: undefined });
  expect(policy(read('<member><Arn>arn:aws:iam::aws:policy/P</Arn><AttachmentCount>2</AttachmentCount></member>'))).toMatchObject({ ofAws: true, attachments: 2, boundaries: 0 });
});
