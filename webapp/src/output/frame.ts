import { object, text } from './kept';

/** What a frame with HTML of users may tell the page. It runs users' code: nothing it says is more than a wish. */
export type Told = { ready: true } | { height: number } | { link: string } | { blocked: string };

const LEAST = 16;
/** A frame that is higher scrolls inside. */
const MOST = 1600;

export function heard(data: unknown): Told | undefined {
  const { ready, height, link, blocked } = object(data);
  if (ready === true) return { ready };
  if (typeof height === 'number' && Number.isFinite(height)) return { height: Math.max(LEAST, Math.min(MOST, Math.ceil(height))) };
  if (web(text(link))) return { link: text(link) };
  if (web(text(blocked)) && text(blocked).startsWith('https:')) return { blocked: text(blocked) };
  return undefined;
}

function web(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** The same step so often is no content that arrives: it is content as high as its window, which grows with every answer. */
const CHASES = 4;

/** Follows the heights that a frame asks for; answers undefined when it chases its own window. */
export function follower(): (height: number) => number | undefined {
  let last = 0;
  let step = 0;
  let times = 0;
  return (height) => {
    times = height > last && height - last === step ? times + 1 : 0;
    step = height - last;
    last = height;
    return times >= CHASES ? undefined : height;
  };
}

export const hostOf = (address: string) => new URL(address).host;

/** How HTML without a look of its own appears: like the page around it. Tables are mostly those of pandas. */
export function look(dark: boolean, colour: (name: string) => string): string {
  const [text, dim, border, panel, hover, accent, code] = ['text', 'dim', 'border', 'panel', 'hover', 'accent', 'code'].map((name) => colour(`--sw-${name}`));
  return `
:root { color-scheme: ${dark ? 'dark' : 'light'}; color: ${text}; background: ${colour('--sw-bg')}; font: 13px/1.45 ui-sans-serif, system-ui, sans-serif; }
body { margin: 0; }
body > :first-child { margin-top: 0; }
a { color: ${accent}; }
pre, code { font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { background: ${code}; padding: 8px 10px; overflow: auto; }
table { border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
table[border] { border: 0; }
th, td { padding: 3px 9px; border: 1px solid ${border}; text-align: left; }
th { background: ${panel}; font-weight: 600; }
table.dataframe :is(th, td) { text-align: right; }
table.dataframe thead th { position: sticky; top: 0; }
table.dataframe tbody tr:hover td { background: ${hover}; }
table.dataframe + p { color: ${dim}; }
.ansiout { white-space: pre-wrap; font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
`;
}
