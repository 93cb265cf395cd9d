import { parse } from './json';
import { told } from './reach';

/** A refusal of the server, in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type Query = Record<string, string | number | boolean | undefined | readonly string[]>;

let csrfToken = '';
let workspace = '';
let signedOut: () => void = () => {};

/** Shown with every change; the server gives it together with the session. */
export function showCsrfToken(token: string): void {
  csrfToken = token;
}

/** In which workspace this tab is from now on; without one, where the browser's session is. */
export function showWorkspace(id: string): void {
  workspace = id;
}

export const shownWorkspace = () => workspace;

/** For what the browser asks without our headers: sockets, streams, downloads. */
export function here(path: string): string {
  return workspace ? `${path}${path.includes('?') ? '&' : '?'}o=${workspace}` : path;
}

/** Told when the server says that the session is over. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value === 'object') value.forEach((each) => params.append(name, each));
    else params.append(name, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** Reads the error shapes of all dialects: `{error_code, message}`, API 1.2's `{error}` and SCIM's `{detail}`. */
export function errorOf(status: number, body: string, requestId: string): ApiError {
  try {
    const json = JSON.parse(body) as Record<string, unknown>;
    const text = json.message ?? json.error ?? json.detail;
    return new ApiError(status, String(json.error_code ?? `HTTP_${status}`), String(text ?? body), requestId);
  } catch {
    return new ApiError(status, `HTTP_${status}`, body || 'The server gave no reason.', requestId);
  }
}

async function send(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = {};
  if (workspace) headers['X-Databricks-Org-Id'] = workspace;
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      credentials: 'same-origin',
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    told(false);
    throw new ApiError(0, 'UNREACHABLE', 'The server does not answer. Is it running? ./slipway status', '');
  }
  told(true);
  if (!response.ok) {
    const error = errorOf(response.status, await response.text(), response.headers.get('x-request-id') ?? '');
    if (response.status === 401) signedOut();
    throw error;
  }
  return response;
}

async function json<T>(response: Promise<Response>): Promise<T> {
  const text = await (await response).text();
  // SCIM answers some changes with nothing.
  return (text === '' ? {} : parse(text)) as T;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => json<T>(send('GET', address(path, query), undefined, signal)),
  post: <T = object>(path: string, body: unknown = {}, signal?: AbortSignal) => json<T>(send('POST', path, body, signal)),
  put: <T = object>(path: string, body: unknown) => json<T>(send('PUT', path, body)),
  patch: <T = object>(path: string, body: unknown) => json<T>(send('PATCH', path, body)),
  delete: <T = object>(path: string, query?: Query) => json<T>(send('DELETE', address(path, query))),
  bytes: async (path: string, query?: Query) => (await send('GET', address(path, query))).blob(),
};

export type Api = typeof api;

/** All pages of a list; `soFar` is told after each page but the last. */
export async function everything<P, T>(
  page: (token: string | undefined) => Promise<P>,
  items: (page: P) => T[] | undefined,
  next: (page: P) => string | undefined,
  soFar?: (items: T[]) => void,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const got = await page(token);
    all.push(...(items(got) ?? []));
    token = next(got) || undefined;
    if (token) soFar?.([...all]);
  } while (token);
  return all;
}
