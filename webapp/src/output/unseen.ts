/** Why a picture of a Markdown text is not shown; undefined if it is. */
export function whyUnseen(address: string, own: string): string | undefined {
  // Addresses of no known kind, as those of Jupyter's attachments, are taken away before.
  if (address === '') return 'the picture is not here: it was attached in Jupyter, or has no address.';
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
