import { api } from './client';
import { encoded } from './tree';

const ROOT = '/api/2.0/dbfs';
/** The API's limit of a block, before base64. */
const BLOCK = 1 << 20;

/** Replaces what is there. */
export async function putFile(path: string, content: Uint8Array): Promise<void> {
  const { handle } = await api.post<{ handle: number }>(`${ROOT}/create`, { path, overwrite: true });
  for (let at = 0; at < content.length; at += BLOCK) {
    await api.post(`${ROOT}/add-block`, { handle, data: encoded(content.subarray(at, at + BLOCK)) });
  }
  await api.post(`${ROOT}/close`, { handle });
}
