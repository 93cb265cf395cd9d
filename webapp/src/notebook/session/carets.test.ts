import { ChangeSet } from '@codemirror/state';
import { expect, test } from 'vitest';
import { Carets } from './carets';
import type { ChangeJson, Person } from './protocol';
import { Texts } from './texts';

/** A cell `a` with a text of version 0, seen by the tab `me`; nothing that is typed here reaches anybody. */
function opened(text: string) {
  const texts = new Texts('me', {
    push: () => new Promise(() => {}),
    changed: () => {},
    unsent: () => {},
    rescue: () => {},
    resync: () => {},
    fail: () => {},
  });
  texts.open('a', text, 0);
  const carets = new Carets(texts, 'me');
  const places = () => carets.of('a').map(({ client, anchor, head }) => [client, anchor, head]);
  let confirmed = text.length;
  const from = (client: string, version: number, at: number, insert: string, remove = 0) => {
    const changes = ChangeSet.of({ from: at, to: at + remove, insert }, confirmed);
    confirmed = changes.newLength;
    texts.receive('a', { version, client, changes: [changes.toJSON() as ChangeJson] }, false);
  };
  return { texts, carets, places, from };
}

const at = (client: string, version: number, anchor: number, head = anchor, cell = 'a'): Person => ({ client, user: `${client}@example.com`, cell, version, anchor, head });

test('a caret stays at its letter while others type before it, and goes along with what its owner types', () => {
  const { texts, carets, places, from } = opened('one two');
  carets.tell([at('ann', 0, 4, 7)]);
  texts.edit('a', { from: 0, insert: 'my ' });
  expect(places()).toEqual([['ann', 7, 10]]);
  carets.tell([at('ann', 0, 4)]);
  expect(places()).toEqual([['ann', 7, 7]]);
  texts.edit('a', { from: 7, insert: '(mine)' });
  expect(places()).toEqual([['ann', 7, 7]]);
  const other = opened('one two');
  other.carets.tell([at('ann', 0, 4), at('bob', 0, 4)]);
  other.from('ann', 0, 4, 'half ');
  expect(other.places()).toEqual([
    ['ann', 9, 9],
    ['bob', 4, 4],
  ]);
  from('bob', 0, 0, '', 3);
  expect(places()).toEqual([['ann', 4, 4]]);
});

test('a place that was told before changes which are here already is found in the present text', () => {
  const { texts, carets, places, from } = opened('abc');
  from('bob', 0, 0, '>> ');
  from('ann', 1, 6, '!');
  carets.tell([at('ann', 0, 3)]);
  expect(places()).toEqual([['ann', 7, 7]]);
  texts.edit('a', { from: 0, insert: '# ' });
  carets.tell([at('ann', 2, 7)]);
  expect(places()).toEqual([['ann', 9, 9]]);
});

test('being told the same again moves nobody back', () => {
  const { texts, carets, places } = opened('abc');
  const ann = at('ann', 0, 2);
  carets.tell([ann]);
  texts.edit('a', { from: 0, insert: 'xx' });
  carets.tell([{ ...ann }, at('bob', 0, 0)]);
  expect(places()).toEqual([
    ['ann', 4, 4],
    ['bob', 0, 0],
  ]);
});

test('only who moves themselves has moved', () => {
  const { texts, carets, from } = opened('abc');
  carets.tell([at('ann', 0, 2)]);
  const moves = () => carets.of('a')[0]?.moves;
  const before = moves();
  texts.edit('a', { from: 0, insert: 'xx' });
  carets.tell([at('ann', 0, 2), at('bob', 0, 1)]);
  expect(moves()).toBe(before);
  from('ann', 0, 2, '!');
  expect(moves()).toBe((before ?? 0) + 1);
});

test('carets are gone with their owner, who may go to another cell or leave; the own one is never drawn', () => {
  const { texts, carets, places } = opened('abc');
  texts.open('b', 'x', 0);
  let heard = 0;
  carets.listen('a', () => (heard += 1));
  carets.tell([at('me', 0, 1), at('ann', 0, 1), at('bob', 0, 1), { client: 'eve', user: 'eve' }]);
  expect(places()).toHaveLength(2);
  carets.tell([at('ann', 0, 1), at('bob', 0, 1, 1, 'b')]);
  expect(places()).toEqual([['ann', 1, 1]]);
  expect(carets.of('b')).toHaveLength(1);
  carets.tell([]);
  expect(places()).toEqual([]);
  expect(heard).toBe(3);
});

test('tabs of one person are counted', () => {
  const { carets } = opened('abc');
  const tab = (client: string): Person => ({ ...at(client, 0, 1), user: 'ann@example.com' });
  carets.tell([{ client: 'me', user: 'bob@example.com' }, tab('one'), tab('two')]);
  expect(carets.of('a').map(({ name }) => name)).toEqual(['ann 1', 'ann 2']);
  carets.tell([{ client: 'me', user: 'bob@example.com' }, tab('two')]);
  expect(carets.of('a').map(({ name }) => name)).toEqual(['ann']);
});

test('places beyond the text are its end', () => {
  const { carets, places } = opened('abc');
  carets.tell([at('ann', 7, 99, 50)]);
  expect(places()).toEqual([['ann', 3, 3]]);
});
