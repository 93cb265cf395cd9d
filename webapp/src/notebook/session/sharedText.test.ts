import { ChangeSet, Text } from '@codemirror/state';
import { expect, test } from 'vitest';
import type { ChangeJson, Missed } from './protocol';
import { difference, SharedText } from './sharedText';

/** As the server does it: accepts a push that was made against the present version. */
class Authority {
  text = Text.of(['']);
  readonly log: Missed[] = [];

  push(client: string, version: number, changes: ChangeJson[]): boolean {
    if (version !== this.log.length) return false;
    for (const change of changes) {
      this.text = ChangeSet.fromJSON(change).apply(this.text);
      this.log.push({ version: this.log.length, client, changes: [change] });
    }
    return true;
  }
}

function reject(text: SharedText, missed: Missed[], client: string): void {
  missed.forEach((frame) => text.receive(frame, frame.client === client));
  text.rejected();
}

const insert = (text: SharedText, at: number, what: string) => text.edit(ChangeSet.of({ from: at, insert: what }, text.text.length));

test('what others write is moved over what was sent and over what waits', () => {
  const mine = new SharedText('abc', 7);
  insert(mine, 3, 'X');
  mine.push();
  insert(mine, 0, 'Y');
  const shown = mine.receive({ version: 7, client: 'bob', changes: [ChangeSet.of({ from: 1, insert: '-' }, 3).toJSON() as ChangeJson] }, false);
  expect(mine.toString()).toBe('Ya-bcX');
  expect(shown?.toJSON()).toEqual([2, [0, '-'], 3]);
  expect(mine.version).toBe(8);
});

test('the answer and the frame of one push confirm it once', () => {
  const mine = new SharedText('', 0);
  insert(mine, 0, 'a');
  const push = mine.push();
  insert(mine, 1, 'b');
  mine.accepted(1);
  expect(mine.push()).toEqual({ version: 1, changes: [[1, [0, 'b']]] });
  mine.receive({ version: 0, client: 'me', changes: push?.changes ?? [] }, true);
  expect(mine.version).toBe(1);
  expect(mine.settled).toBe(false);
});

test('a push whose answer was lost is known again by its own changes', () => {
  const server = new Authority();
  const mine = new SharedText('', 0);
  insert(mine, 0, 'once');
  const push = mine.push();
  server.push('me', push?.version ?? -1, push?.changes ?? []);
  const again = mine.again();
  expect(again).toEqual(push);
  expect(server.push('me', again?.version ?? -1, again?.changes ?? [])).toBe(false);
  reject(mine, server.log, 'me');
  expect(mine.settled).toBe(true);
  expect(mine.toString()).toBe('once');
});

test('a text that cannot be joined is handed back', () => {
  const mine = new SharedText('one', 3);
  insert(mine, 3, ' mine');
  const { shown, lost } = mine.replace('other', 9);
  expect(lost).toBe('one mine');
  expect(mine.toString()).toBe('other');
  expect(shown?.apply(Text.of(['one mine'])).toString()).toBe('other');
  expect(mine.settled).toBe(true);
});

test('a difference never cuts a character in two', () => {
  expect(difference('a\u{1f600}', 'a\u{1f601}').toJSON()).toEqual([1, [2, '\u{1f601}']]);
});

test('tabs that type at once, lose answers and reconnect come to the server\'s text, with every letter once', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < 60; round += 1) {
    const server = new Authority();
    const tabs = ['a', 'b', 'c'].map((client) => ({ client, text: new SharedText('', 0), heard: 0, underWay: false }));
    let letters = 0;
    const hear = (tab: (typeof tabs)[number]) => {
      const frame = server.log[tab.heard++];
      if (frame) tab.text.receive(frame, frame.client === tab.client);
    };
    const say = (tab: (typeof tabs)[number]) => {
      const push = tab.underWay ? tab.text.again() : tab.text.push();
      if (!push) {
        tab.underWay = false;
        return;
      }
      const arrives = random(4) > 0;
      const accepted = arrives && server.push(tab.client, push.version, push.changes);
      // A lost answer: the tab knows nothing until it reconnects and pushes again.
      tab.underWay = !arrives || random(4) === 0;
      if (tab.underWay) return;
      if (accepted) tab.text.accepted(push.version + push.changes.length);
      else reject(tab.text, server.log.slice(push.version), tab.client);
    };
    for (let step = 0; step < 60; step += 1) {
      const tab = tabs[random(3)];
      if (!tab) continue;
      if (random(3) === 0) {
        insert(tab.text, random(tab.text.text.length + 1), String.fromCodePoint(0x4e00 + letters++));
      } else if (random(2) === 0) {
        if (tab.heard < server.log.length) hear(tab);
      } else {
        say(tab);
      }
    }
    for (let end = 0; end < 40; end += 1) {
      for (const tab of tabs) {
        while (tab.heard < server.log.length) hear(tab);
        say(tab);
      }
    }
    for (const tab of tabs) {
      while (tab.heard < server.log.length) hear(tab);
      expect(tab.text.toString()).toBe(server.text.toString());
    }
    expect(new Set(server.text.toString()).size).toBe(letters);
    expect(server.text.length).toBe(letters);
  }
});
