import { DOMParser as XmlParser } from '@xmldom/xmldom';
import { AwsV4Signer } from 'aws4fetch';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addressOf, AwsError, awsErrorOf, climbs, keysOf, link, members, query, signed } from './aws';
import { allIn, escaped, faultIn, membersIn, oneIn, readXml, textIn } from './awsXml';

const NOW = Date.parse('2026-11-29T01:00:00Z');
let calls: { url: string; init: RequestInit }[] = [];
let answers: (() => Response)[] = [];
let given = 0;

/** Throws where it is no XML, and tells the console nothing. */
class QuietParser {
  parseFromString = (text: string, type: string) => new XmlParser({ onError: () => {} }).parseFromString(text, type);
}

/** Keys by a clock that is an hour ahead of the browser's. */
function keysAnswer(): Response {
  given += 1;
  return new Response(
    JSON.stringify({
      access_key_id: `ASIA${given}`,
      secret_access_key: 'secret',
      session_token: 'a/token+',
      expiration: new Date(Date.now() + 3_600_000 + 900_000).toISOString(),
      account_id: '111122223333',
      region: 'eu-west-1',
      arn: 'arn:aws:iam::111122223333:root',
    }),
  );
}

beforeEach(() => {
  calls = [];
  answers = [];
  given = 0;
  vi.useFakeTimers({ now: NOW });
  vi.stubGlobal('DOMParser', QuietParser);
  vi.stubGlobal('location', { origin: 'http://localhost:8585' });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (url.startsWith('/ui-api/')) return Promise.resolve(keysAnswer());
    calls.push({ url, init });
    return Promise.resolve((answers.shift() ?? (() => new Response('<A/>')))());
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// The examples of AWS (S3 API reference, examples of signature calculations).
const EXAMPLE = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', service: 's3', region: 'us-east-1', datetime: '20130524T000000Z' };
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test.each([
  ['?lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  ['?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])('headers are signed as AWS signs its example %s', async (asked, signature) => {
  const { headers } = await new AwsV4Signer({ ...EXAMPLE, method: 'GET', url: `https://examplebucket.s3.amazonaws.com/${asked}`, headers: { 'x-amz-content-sha256': EMPTY } }).sign();
  expect(headers.get('authorization')).toContain(`SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`);
});

test('a link is signed as AWS signs its example', async () => {
  const url = 'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Expires=86400';
  const made = await new AwsV4Signer({ ...EXAMPLE, method: 'GET', url, signQuery: true }).sign();
  expect(made.url.searchParams.get('X-Amz-Signature')).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
});

test('keys are asked for once, by the clock of the server, and again before they end', async () => {
  const [first, same] = await Promise.all([keysOf('root'), keysOf('root')]);
  expect(same).toBe(first);
  expect(given).toBe(1);
  await signed('root', 's3', { path: '/b' });
  const headers = new Headers(calls[0]?.init.headers);
  expect(headers.get('x-amz-date')).toBe('20261129T020000Z');
  expect(headers.get('x-amz-security-token')).toBe('a/token+');
  expect(headers.get('x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
  expect(headers.get('authorization')).toContain('Credential=ASIA1/20261129/eu-west-1/s3/aws4_request');
  expect(calls[0]?.init.credentials).toBe('omit');
  vi.setSystemTime(NOW + 779_000);
  await keysOf('root');
  expect(given).toBe(1);
  vi.setSystemTime(NOW + 781_000);
  const [later, both] = await Promise.all([keysOf('root'), keysOf('root')]);
  expect(later).toBe(both);
  expect(given).toBe(2);
});

test('keys that a service calls over are not used again', async () => {
  const text = '<Error><Code>ExpiredToken</Code><Message>over</Message></Error>';
  const before = await keysOf('arn:p');
  answers = [() => new Response(text, { status: 400 })];
  await expect(signed('arn:p', 's3', { path: '/b' })).rejects.toThrow('over');
  expect(await keysOf('arn:p')).not.toBe(before);
});

test('addresses keep every letter of a key', () => {
  const at = (path: string) => new URL(addressOf({ path })).pathname;
  expect(at("/b/a b+c'(d)*/ü%2F?#&=")).toBe('/b/a%20b%2Bc%27%28d%29%2A/%C3%BC%252F%3F%23%26%3D');
  expect(at('/b//a//')).toBe('/b//a//');
  expect(addressOf({ path: '/b', query: { prefix: 'a b/', marker: undefined, uploads: '' } })).toBe('http://localhost:8585/b?prefix=a%20b%2F&uploads=');
  expect(['/b/a/../c', '/b/.', '/b/..a', '/b/a.'].map(climbs)).toEqual([true, true, false, false]);
  expect(() => addressOf({ path: '/b/../c' })).toThrow(AwsError);
});

test('a link has no sign that two readers take for two things', async () => {
  const made = await link({ path: '/b/a b', query: { 'response-content-disposition': 'attachment; filename="a + b"' } }, await keysOf('link'), 60);
  expect(made).toContain('/b/a%20b?');
  expect(made).not.toContain('+');
  expect(new URL(made).searchParams.get('response-content-disposition')).toBe('attachment; filename="a + b"');
  expect(new URL(made).searchParams.get('X-Amz-Expires')).toBe('60');
});

test('calls of the query protocol are forms, and their answers are read', async () => {
  answers = [() => new Response('<R xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><L><Users><member><Name>a</Name></member><member><Name>b</Name></member></Users></L></R>')];
  const read = await query('root', 'iam', 'TagUser', { UserName: 'a&b', Marker: undefined, ...members('Tags', [{ Key: 'k', Value: 'v' }]), ...members('Keys', ['x']) });
  expect(calls[0]?.init.body).toBe('Action=TagUser&Version=2010-05-08&UserName=a%26b&Tags.member.1.Key=k&Tags.member.1.Value=v&Keys.member.1=x');
  expect(membersIn(read, 'R', 'L', 'Users').map((each) => textIn(each, 'Name'))).toEqual(['a', 'b']);
});

test('XML is read by names without their namespaces', () => {
  const read = readXml('<s:A xmlns:s="x"><s:B>1 &amp; 2</s:B><s:B/><C>\n<B>3</B></C></s:A>');
  const root = oneIn(read, 'A');
  expect(allIn(root, 'B').map((each) => each.textContent)).toEqual(['1 & 2', '']);
  expect(textIn(root, 'C', 'B')).toBe('3');
  expect(textIn(root, 'D', 'B')).toBe('');
  expect(oneIn(root)).toBeUndefined();
  const odd = 'a<b>&"c"\r\n';
  expect(readXml(`<A>${escaped(odd)}</A>`).documentElement?.textContent).toBe(odd);
});

test('errors of both shapes are told in their own words', () => {
  expect(faultIn('<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code><Message>none</Message><RequestId>r</RequestId></Error>')).toEqual({ code: 'NoSuchKey', message: 'none', requestId: 'r' });
  expect(faultIn('<ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>none</Message></Error><RequestId>r</RequestId></ErrorResponse>')).toEqual({ code: 'NoSuchEntity', message: 'none', requestId: 'r' });
  expect(faultIn('Bad gateway')).toBeUndefined();
  expect(awsErrorOf('root', 403, '', 'r')).toMatchObject({ code: 'AccessDenied', status: 403, requestId: 'r', name: 'AwsError' });
  expect(awsErrorOf('root', 502, 'Bad gateway', '')).toMatchObject({ code: 'HTTP_502', message: 'Bad gateway' });
});
