/** Why a picture of a Markdown text is not shown; undefined if it is. */
export function whyUnseen(address: string, own: string): string | undefined {
  if (address === '') return 'the picture has no address.';
  if (address.startsWith('attachment:')) return 'the picture is not here: it was attached in Jupyter and did not come along.';
  if (/^data:image\//i.test(address)) return undefined;
  let host: string;
  try {
    const url = new URL(address, own);
    if (url.origin === own) return undefined;
    host = url.host || url.protocol;
  } catch {
    return 'the address of the picture is none.';
  }
  return `a picture from ${host} is not loaded here.`;
}
