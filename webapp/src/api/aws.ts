import { queryOptions } from '@tanstack/react-query';
import { AwsV4Signer } from 'aws4fetch';
import { faultIn, readXml } from './awsXml';
import { ApiError, api, shownWorkspace } from './client';
import { keys } from './keys';
import { told } from './reach';

/** As whom somebody may act at AWS. */
export interface AwsIdentity {
  /** What keys are asked for by: `root`, or the ARN of an instance profile. */
  as: string;
  name: string;
  arn: string;
  account_id: string;
}

export interface AwsKeys {
  access_key_id: string;
  secret_access_key: string;
  session_token: string;
  expiration: string;
  account_id: string;
  region: string;
  /** Of whoever uses them. */
  arn: string;
}

/** A refusal of a service of AWS, in its own words. */
export class AwsError extends ApiError {
  override readonly name = 'AwsError';
}

export const identitiesQuery = queryOptions({
  queryKey: keys.awsIdentities,
  queryFn: async () => (await api.get<{ identities?: AwsIdentity[] }>('/ui-api/aws/identities')).identities ?? [],
});

const KEPT = 'slipway-acting-as';

/** As whom this browser acted last. */
export const actedAs = () => localStorage.getItem(KEPT) ?? '';
export const actAs = (as: string) => localStorage.setItem(KEPT, as);

/** The shortest time for which keys are given. */
const USUAL_SECONDS = 900;
/** Keys are replaced when they end so soon. */
const EARLY = 120_000;

/** Keys, and how far the server's clock is ahead of this one: signatures are good for some minutes of the server's. */
interface Held {
  keys: AwsKeys;
  ahead: number;
}

/** In the memory of the page only. */
const held = new Map<string, Promise<Held>>();

const place = (as: string) => `${shownWorkspace()} ${as}`;

/** New keys that are good for so long; twelve hours at most. */
export async function newKeys(as: string, seconds = USUAL_SECONDS): Promise<Held> {
  const given = await api.post<AwsKeys>('/ui-api/aws/credentials', { as, seconds });
  return { keys: given, ahead: Date.parse(given.expiration) - seconds * 1000 - Date.now() };
}

const over = ({ keys: { expiration }, ahead }: Held) => Date.parse(expiration) - (Date.now() + ahead) < EARLY;

/** Keys that are good for the next minutes. */
export async function keysOf(as: string): Promise<Held> {
  const known = held.get(place(as));
  if (known && !over(await known)) return known;
  // Whoever asks meanwhile waits for the same ones.
  const latest = held.get(place(as));
  if (latest && latest !== known) return latest;
  const asked = newKeys(as);
  held.set(place(as), asked);
  asked.catch(() => held.delete(place(as)));
  return asked;
}

export type AwsBody = string | Blob | Uint8Array<ArrayBuffer>;

/** A request, before it is signed. */
export interface AwsRequest {
  method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** As it is meant, not encoded; path style. */
  path: string;
  /** Without those that are undefined. */
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  body?: AwsBody;
  signal?: AbortSignal;
}

/** As signatures want it (RFC 3986). */
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** Browsers take such steps out of every address, be they encoded or not. */
export const climbs = (path: string) => path.split('/').some((step) => step === '.' || step === '..');

export function addressOf({ path, query = {} }: AwsRequest, origin = location.origin): string {
  if (climbs(path)) throw new AwsError(0, 'NotAddressable', 'Browsers cannot address a key with a step “.” or “..” in it. Use the command line of AWS for this one.', '');
  const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${encoded(name)}=${encoded(String(value))}`]));
  return `${origin}${path.split('/').map(encoded).join('/')}${asked.length > 0 ? `?${asked.join('&')}` : ''}`;
}

const stamp = (millis: number) => new Date(millis).toISOString().replace(/[:-]|\.\d{3}/g, '');

const signer = (service: string, request: AwsRequest, { keys: given, ahead }: Held, signQuery: boolean) =>
  new AwsV4Signer({
    method: request.method ?? 'GET',
    url: addressOf(request),
    headers: request.headers,
    // Bodies of S3 are not read to be signed.
    body: service === 's3' ? undefined : (request.body as string | undefined),
    accessKeyId: given.access_key_id,
    secretAccessKey: given.secret_access_key,
    sessionToken: given.session_token,
    service,
    region: given.region,
    datetime: stamp(Date.now() + ahead),
    signQuery,
  });

/** Where a request goes and with which headers, for those that send it themselves. */
export async function signature(as: string, service: string, request: AwsRequest): Promise<{ url: string; headers: Headers }> {
  const { url, headers } = await signer(service, request, await keysOf(as), false).sign();
  return { url: url.toString(), headers };
}

/** An address by which anybody may do this until the time is over, or the keys end. */
export async function link(request: AwsRequest, by: Held, seconds: number): Promise<string> {
  const limited = { ...request, query: { ...request.query, 'X-Amz-Expires': seconds } };
  const { url } = await signer('s3', limited, by, true).sign();
  return url.toString().replaceAll('+', '%20');
}

/** Codes of keys that are no longer good: the next call gets new ones. */
const STALE = ['ExpiredToken', 'InvalidAccessKeyId', 'InvalidClientTokenId', 'InvalidToken'];

/** An answer that is no success, as an error. */
export function awsErrorOf(as: string, status: number, text: string, requestId: string): AwsError {
  const fault = faultIn(text);
  const code = fault?.code || (status === 404 ? 'NotFound' : status === 403 ? 'AccessDenied' : `HTTP_${status}`);
  if (STALE.includes(code)) held.delete(place(as));
  return new AwsError(status, code, fault?.message || text || 'The service gave no reason.', fault?.requestId || requestId);
}

export function unreachable(): AwsError {
  told(false);
  return new AwsError(0, 'UNREACHABLE', 'The server does not answer. Is it running? ./slipway status', '');
}

/** Sends a request of a service as somebody. Throws AwsError unless it is a success. */
export async function signed(as: string, service: string, request: AwsRequest): Promise<Response> {
  const { url, headers } = await signature(as, service, request);
  let response: Response;
  try {
    response = await fetch(url, { method: request.method ?? 'GET', headers, body: request.body, signal: request.signal, credentials: 'omit', cache: 'no-store' });
  } catch (failure) {
    if (request.signal?.aborted) throw failure;
    throw unreachable();
  }
  told(true);
  if (!response.ok) throw awsErrorOf(as, response.status, await response.text(), response.headers.get('x-amz-request-id') ?? response.headers.get('x-amzn-requestid') ?? '');
  return response;
}

/** Services that take forms and answer XML, with the version that they speak. */
const VERSIONS = { iam: '2010-05-08', sts: '2011-06-15' };

export type QueryParams = Record<string, string | number | boolean | undefined>;

/** A list as the query protocol takes it: `Tags.member.1.Key`. */
export function members(name: string, list: readonly (string | Record<string, string>)[]): QueryParams {
  return Object.fromEntries(
    list.flatMap((each, index): [string, string][] => {
      const at = `${name}.member.${index + 1}`;
      return typeof each === 'string' ? [[at, each]] : Object.entries(each).map(([field, value]) => [`${at}.${field}`, value]);
    }),
  );
}

/** A call of the query protocol; gives its answer. */
export async function query(as: string, service: keyof typeof VERSIONS, action: string, params: QueryParams = {}, signal?: AbortSignal): Promise<Document> {
  const form = new URLSearchParams({ Action: action, Version: VERSIONS[service] });
  for (const [name, value] of Object.entries(params)) if (value !== undefined) form.set(name, String(value));
  const response = await signed(as, service, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
    signal,
  });
  return readXml(await response.text());
}
