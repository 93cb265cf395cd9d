import { NOTEBOOK_KEYS, type Command, type Mode } from './keys';

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** A key as the table names it: `Mod+Shift+ArrowUp`, `J`, `Shift+J`. */
export function chord({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  // With Shift the key of the minus is an underscore.
  const plain = code === 'Minus' ? '-' : key.length === 1 ? key.toUpperCase() : key;
  const command = mac ? metaKey : ctrlKey;
  const other = mac ? ctrlKey : metaKey;
  return `${command ? 'Mod+' : ''}${other ? 'Other+' : ''}${altKey ? 'Alt+' : ''}${shiftKey ? 'Shift+' : ''}${plain}`;
}

export const shownKeys = (keys: string) =>
  keys
    .replace('Mod', mac ? '⌘' : 'Ctrl')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace('Escape', 'Esc');

const TWICE = 1000;

/** Finds the command of a key; knows the key before, for those that are pressed twice. */
export class Keyboard {
  #last = '';
  #lastAt = -Infinity;

  command(event: Pressed & { timeStamp: number }, mode: Exclude<Mode, 'both'>): Command | undefined {
    const pressed = chord(event);
    const recent = event.timeStamp - this.#lastAt < TWICE ? this.#last : '';
    this.#last = pressed;
    this.#lastAt = event.timeStamp;
    // `g`, then a letter, goes to another page.
    if (recent === 'G' && mode === 'command') return undefined;
    const found = NOTEBOOK_KEYS.find((each) => (each.mode === mode || each.mode === 'both') && (each.keys.includes(pressed) || each.keys.includes(`${recent} ${pressed}`)));
    if (found) this.#last = '';
    return found?.command;
  }
}
