import { expect, test } from 'vitest';
import { chord, Keyboard } from './keyboard';
import { NOTEBOOK_KEYS } from './keys';

let at = 0;
const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {}, pause = 100) => {
  at += pause;
  return { key, code: key === '_' ? 'Minus' : '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, timeStamp: at, ...modifiers };
};

test('a key is found in its mode only', () => {
  const keyboard = new Keyboard();
  expect(keyboard.command(press('a'), 'command')).toBe('insertAbove');
  expect(keyboard.command(press('a'), 'edit')).toBeUndefined();
  expect(keyboard.command(press('Enter', { shiftKey: true }), 'edit')).toBe('runAndGoOn');
  expect(keyboard.command(press('Enter', { shiftKey: true }), 'command')).toBe('runAndGoOn');
  expect(keyboard.command(press('_', { ctrlKey: true, shiftKey: true }), 'edit')).toBe('split');
});

test('one D deletes nothing, two do, a slow second one does not, and three are one deleting', () => {
  const keyboard = new Keyboard();
  expect(keyboard.command(press('d'), 'command')).toBeUndefined();
  expect(keyboard.command(press('d'), 'command')).toBe('delete');
  expect(keyboard.command(press('d'), 'command')).toBeUndefined();
  expect(keyboard.command(press('d', {}, 3000), 'command')).toBeUndefined();
});

test('letters behind g go to other pages', () => {
  const keyboard = new Keyboard();
  keyboard.command(press('g'), 'command');
  expect(keyboard.command(press('c'), 'command')).toBeUndefined();
});

test('no key has two meanings', () => {
  for (const mode of ['command', 'edit'] as const) {
    const keys = NOTEBOOK_KEYS.filter((each) => each.mode === mode || each.mode === 'both').flatMap((each) => each.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('a chord names its modifiers in one order', () => {
  expect(chord(press('ArrowUp', { ctrlKey: true, shiftKey: true }))).toBe('Mod+Shift+ArrowUp');
});
