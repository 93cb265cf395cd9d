/** A value of a JSON text with its place there; `to` is behind its last character. */
export type Json = { from: number; to: number } & (
  | { kind: 'object'; members: Member[] }
  | { kind: 'array'; items: Json[] }
  | { kind: 'string'; value: string }
  | { kind: 'number' | 'true or false' | 'null' }
);

/** A key of an object with its place, quotes included. */
export interface Member {
  key: string;
  from: number;
  to: number;
  value: Json;
}

export interface Fault {
  from: number;
  to: number;
  text: string;
}

class Stop extends Error {
  constructor(readonly fault: Fault) {
    super(fault.text);
  }
}

/** Far more than any policy has; deeper ones would end the script. */
const DEEPEST = 200;
const WORDS: Record<string, 'true or false' | 'null'> = { true: 'true or false', false: 'true or false', null: 'null' };

/** Reads JSON and keeps where everything stands, which the browser's own reader does not tell. */
class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  read(): Json {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.stop('Nothing may follow the end of the document.');
    return value;
  }

  private stop(text: string, from = this.at, to = Math.min(from + 1, this.text.length)): never {
    throw new Stop({ from, to, text });
  }

  private space() {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
  }

  private value(): Json {
    this.space();
    const from = this.at;
    const next = this.text.charAt(from);
    if (next === '{' || next === '[') {
      if (++this.depth > DEEPEST) this.stop('This is nested too deeply.');
      const found = next === '{' ? this.object(from) : this.array(from);
      this.depth--;
      return found;
    }
    if (next === '"') return { kind: 'string', from, value: this.string(), to: this.at };
    const word = /^[A-Za-z0-9+.-]+/.exec(this.text.slice(from, from + 400))?.[0];
    if (!word) this.stop(next === '' ? 'The document ends too early.' : `${JSON.stringify(next)} is no beginning of a value.`);
    this.at += word.length;
    const kind = Object.hasOwn(WORDS, word) ? WORDS[word] : /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word) ? 'number' : undefined;
    if (!kind) this.stop(`Text needs quotes: "${word}".`, from, this.at);
    return { kind, from, to: this.at };
  }

  private object(from: number): Json {
    const members: Member[] = [];
    this.items('}', () => {
      const start = this.at;
      if (this.text.charAt(start) !== '"') this.stop(this.text.charAt(start) === '' ? 'The document ends too early: } is missing.' : 'A key in quotes must stand here.');
      const key = this.string();
      const end = this.at;
      if (members.some((each) => each.key === key)) this.stop(`"${key}" is here twice.`, start, end);
      this.space();
      if (this.text.charAt(this.at) !== ':') this.stop(`A colon is missing behind "${key}".`, start, end);
      this.at++;
      members.push({ key, from: start, to: end, value: this.value() });
    });
    return { kind: 'object', members, from, to: this.at };
  }

  private array(from: number): Json {
    const items: Json[] = [];
    this.items(']', () => items.push(this.value()));
    return { kind: 'array', items, from, to: this.at };
  }

  /** What stands between brackets, with commas between. */
  private items(close: string, item: () => void) {
    this.at++;
    this.space();
    if (this.text.charAt(this.at) === close) {
      this.at++;
      return;
    }
    for (;;) {
      item();
      const end = this.at;
      this.space();
      const next = this.text.charAt(this.at);
      if (next === close) {
        this.at++;
        return;
      }
      if (next === '') this.stop(`The document ends too early: ${close} is missing.`, Math.max(0, end - 1), end);
      if (next !== ',') this.stop('A comma is missing behind this.', end - 1, end);
      const comma = this.at++;
      this.space();
      if (this.text.charAt(this.at) === close) this.stop('This comma must go: nothing follows it.', comma);
    }
  }

  private string(): string {
    const from = this.at;
    for (let i = from + 1; i < this.text.length; i++) {
      const each = this.text.charAt(i);
      if (each === '\\') i++;
      else if (each === '\n') break;
      else if (each === '"') {
        this.at = i + 1;
        return this.unescaped(from);
      }
    }
    const end = this.text.indexOf('\n', from);
    return this.stop('The quote at the end is missing.', from, end < 0 ? this.text.length : end);
  }

  private unescaped(from: number): string {
    try {
      return JSON.parse(this.text.slice(from, this.at)) as string;
    } catch {
      return this.stop('This text has a character that must be escaped.', from, this.at);
    }
  }
}

/** What a JSON text means, or the first thing that is wrong with it. */
export function readJson(text: string): { value: Json } | { fault: Fault } {
  try {
    return { value: new Reader(text).read() };
  } catch (stop) {
    if (stop instanceof Stop) return { fault: stop.fault };
    throw stop;
  }
}

export const member = (object: Json, key: string): Member | undefined => (object.kind === 'object' ? object.members.find((each) => each.key === key) : undefined);
