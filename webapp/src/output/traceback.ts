import { withoutColours } from './ansi';

interface Folded {
  /** Frames of the reader's own code, with colours. */
  own: string;
  /** Frames that `own` leaves out. */
  hidden: number;
  all: string;
}

/** IPython: `File /path/x.py:12, in f(x)`, `Cell In[3], line 1` or `File <command-3>:1`; plain Python: `File "x.py", line 12`. */
const FRAME = /^\s*(?:Cell In\s?\[\d+\]|File |Input In |<ipython-input|<command)/;
const FOREIGN = /(?:site-packages|dist-packages|lib\/python\d|\/pyspark\/|<frozen |py4j|conda\/|\.pyenv|\/ipykernel)/;
/** Of the JVM: `\tat org.apache.spark…`. */
const JVM_FRAME = /^\s+at [\w.$/<>]+\(|^\s+at [\w.$/<>]+\.[\w$<>]+|^\s+\.{3} \d+ (?:more|elided)/;

/** Splits a trace into its frames: a frame is its head and the lines of code below it. */
function blocks(lines: string[]): { frame: boolean; foreign: boolean; lines: string[] }[] {
  const found: { frame: boolean; foreign: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const plain = withoutColours(line);
    if (JVM_FRAME.test(plain)) {
      found.push({ frame: true, foreign: !/\b(?:\$line|REPL|ammonite|\$iw)/.test(plain), lines: [line] });
    } else if (FRAME.test(plain)) {
      found.push({ frame: true, foreign: FOREIGN.test(plain), lines: [line] });
    } else {
      const last = found.at(-1);
      const below = last?.frame && !JVM_FRAME.test(withoutColours(last.lines[0] ?? '')) && (/^\s|^-+>|^\d/.test(plain) || plain === '');
      if (last && (below || !last.frame)) last.lines.push(line);
      else found.push({ frame: false, foreign: false, lines: [line] });
    }
  }
  return found;
}

/** IPython's frame around a trace, which says nothing. */
const DECORATION = /^-{20,}$|Traceback \(most recent call last\)/;

/** Without the name of its class, which traces write in full. */
const message = (words: string) => withoutColours(words).trim().replace(/^[\w.$]+: /, '');

/**
 * A trace without the frames of libraries, and without the last words of an error, which are said before it. The last own frame says where
 * it broke; if there is none, what is not a frame is all that is left.
 */
export function folded(traceback: string[], words: string): Folded {
  const all = traceback.join('\n');
  const parts = blocks(all.split('\n'));
  const hidden = parts.filter((part) => part.frame && part.foreign).length;
  const lines = parts
    .filter((part) => !(part.frame && part.foreign))
    .flatMap((part) => (part.frame ? part.lines : part.lines.filter((line) => !DECORATION.test(withoutColours(line).trim()))));
  while (lines.at(-1)?.trim() === '') lines.pop();
  const said = words.trimEnd().split('\n').length;
  const last = message(lines.slice(-said).join('\n')) === message(words);
  return { own: lines.slice(0, last ? -said : undefined).join('\n').trim(), hidden, all };
}
