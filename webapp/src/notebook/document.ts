/** Terminal colours, which a plain text has no use for. */
 
const ANSI = /\u001b\[[0-9;]*m/g;

export const withoutAnsi = (text: string) => text.replaceAll(ANSI, '');
