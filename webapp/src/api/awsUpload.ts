import { awsErrorOf, signature, unreachable, type AwsRequest } from './aws';
import { pathOf, s3, s3Xml } from './awsObjects';
import { escaped, oneIn, readXml, textIn } from './awsXml';
import { told } from './reach';

/** Larger files travel in parts. */
export const WHOLE = 16 << 20;
const PART = 8 << 20;
const MOST_PARTS = 10_000;
const AT_ONCE = 3;
/** A part that a bad line has lost is sent again so often. */
const TRIES = 3;

/** Sends a body and tells how much of it has gone, which `fetch` does not. */
async function send(as: string, request: AwsRequest & { body: Blob; signal: AbortSignal }, sent: (bytes: number) => void): Promise<string> {
  const { url, headers } = await signature(as, 's3', request);
  request.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const stop = () => call.abort();
    call.open(request.method ?? 'PUT', url);
    headers.forEach((value, name) => call.setRequestHeader(name, value));
    call.upload.onprogress = ({ loaded }) => sent(loaded);
    call.onload = () => {
      told(true);
      const ok = call.status >= 200 && call.status < 300;
      if (ok) resolve(call.getResponseHeader('etag') ?? '');
      else reject(awsErrorOf(as, call.status, call.responseText, call.getResponseHeader('x-amz-request-id') ?? ''));
    };
    call.onerror = () => reject(unreachable());
    call.onabort = () => reject(request.signal.reason as Error);
    call.onloadend = () => request.signal.removeEventListener('abort', stop);
    request.signal.addEventListener('abort', stop);
    call.send(request.body);
  });
}

/** Where the parts of so many bytes begin and end: ten thousand at most. */
export function partsOf(size: number): [number, number][] {
  const part = Math.max(PART, Math.ceil(size / MOST_PARTS));
  return Array.from({ length: Math.ceil(size / part) }, (_, index) => [index * part, Math.min(size, (index + 1) * part)]);
}

export interface Upload {
  bucket: string;
  key: string;
  file: Blob;
  type: string;
  signal: AbortSignal;
  /** Told how many bytes have gone. */
  sent: (bytes: number) => void;
}

/** Puts a file into a bucket; nothing of it stays if that fails or is cancelled. */
export async function upload(as: string, wanted: Upload): Promise<void> {
  const { bucket, key, file, type, signal, sent } = wanted;
  const path = pathOf(bucket, key);
  const headers = { 'content-type': type };
  if (file.size <= WHOLE) {
    await send(as, { method: 'PUT', path, headers, body: file, signal }, sent);
    return;
  }
  const begun = await s3Xml(as, { method: 'POST', path, query: { uploads: '' }, headers, signal });
  const uploadId = textIn(begun, 'InitiateMultipartUploadResult', 'UploadId');
  try {
    const etags = await inParts(as, wanted, uploadId);
    const parts = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`);
    const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    const answer = await s3(as, { method: 'POST', path, query: { uploadId }, headers: { 'content-type': 'application/xml' }, body, signal });
    // It may fail after it was begun with a success.
    const text = await answer.text();
    if (oneIn(readXml(text), 'Error')) throw awsErrorOf(as, 500, text, '');
  } catch (failure) {
    await s3(as, { method: 'DELETE', path, query: { uploadId } }).catch(() => undefined);
    throw failure;
  }
}

/** Gives the ETag of each part. */
async function inParts(as: string, { bucket, key, file, signal, sent }: Upload, uploadId: string): Promise<string[]> {
  const parts = partsOf(file.size);
  const gone = parts.map(() => 0);
  const etags = parts.map(() => '');
  let next = 0;
  // The others stop when one has failed.
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  async function worker(): Promise<void> {
    for (let index = next++; index < parts.length; index = next++) {
      const [from = 0, to = 0] = parts[index] ?? [];
      const part = { method: 'PUT' as const, path: pathOf(bucket, key), query: { partNumber: index + 1, uploadId }, body: file.slice(from, to), signal: either };
      const progress = (bytes: number) => {
        gone[index] = bytes;
        sent(gone.reduce((sum, each) => sum + each, 0));
      };
      etags[index] = await patiently(() => send(as, part, progress), either);
      progress(to - from);
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (failure) {
    stop.abort(failure);
    throw failure;
  }
  return etags;
}

/** Refusals are final; what got lost, or failed at the other side, is tried again. */
async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (failure) {
      const status = (failure as { status?: number }).status ?? 400;
      if (signal.aborted || tried === TRIES || (status > 0 && status < 500)) throw failure;
    }
  }
}
