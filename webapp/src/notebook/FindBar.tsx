import { ActionIcon, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, CaseSensitive, Regex, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { markAll, matchesIn, patternOf, replacementOf, editorOf, type Match, type Query } from './find';
import { useDesk, useRoom, useSession } from './room';

/** Finds a text in all cells, and puts another in its place. */
export function FindBar() {
  const { session, desk } = useRoom();
  const replacing = useDesk((view) => view.find === 'replace');
  const editable = useSession((view) => view.editable);
  const order = useSession((view) => view.notebook.order);
  const [query, setQuery] = useState<Query>({ text: '', matchCase: false, regexp: false });
  const [by, setBy] = useState('');
  const [at, setAt] = useState(-1);
  const [texts, setTexts] = useState(0);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setTexts((count) => count + 1), 150);
    };
    const stops = order.map((cell) => session.texts.listen(cell, later));
    return () => {
      clearTimeout(timer);
      stops.forEach((stop) => stop());
    };
  }, [session, order]);

  const { matches, problem } = useMemo(() => {
    // Looked through anew when a text has changed.
    void texts;
    if (query.text === '') return { matches: [] as Match[], problem: '' };
    try {
      const pattern = patternOf(query);
      return { matches: order.flatMap((cell) => matchesIn(cell, session.texts.text(cell), pattern)), problem: '' };
    } catch (failure) {
      return { matches: [] as Match[], problem: (failure as Error).message };
    }
  }, [query, order, session, texts]);
  const index = matches.length === 0 ? -1 : Math.min(at, matches.length - 1);
  const current = matches[index];

  useEffect(() => markAll(order, matches, current), [order, matches, current]);
  useEffect(() => () => markAll(session.notebook.order, [], undefined), [session]);

  const show = useCallback(
    (match: Match | undefined) => {
      if (!match) return;
      if (session.notebook.cells.get(match.cell)?.kind === 'markdown') desk.open(match.cell, true);
      desk.choose(match.cell);
      // A cell far away gets its editor first.
      setTimeout(() => {
        editorOf(match.cell)?.dispatch({ selection: { anchor: match.from, head: match.to }, scrollIntoView: true });
        markAll([match.cell], matches, match);
      }, 80);
    },
    [session, desk, matches],
  );
  const step = (by: number) => {
    if (matches.length === 0) return;
    const next = (index + by + matches.length) % matches.length;
    setAt(next);
    show(matches[next]);
  };
  const close = () => {
    desk.set({ find: '' });
    const { active } = desk.view;
    document.getElementById(`cell-${active}`)?.focus();
  };
  const replace = (chosen: readonly Match[]) => {
    for (const cell of new Set(chosen.map((match) => match.cell))) {
      const text = session.texts.text(cell);
      session.texts.edit(
        cell,
        chosen.filter((match) => match.cell === cell).map((match) => ({ from: match.from, to: match.to, insert: replacementOf(text, match, query, by) })),
      );
    }
    setTexts((count) => count + 1);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') (event.target as HTMLInputElement).select();
    else return;
    event.preventDefault();
  };
  const count = problem ? 'No pattern' : query.text === '' ? '' : matches.length === 0 ? 'Nothing found' : index < 0 ? `${matches.length} found` : `${index + 1} of ${matches.length}`;
  return (
    <div className="nb-find" role="search" aria-label="Find in the notebook">
      <div>
        <TextInput
          aria-label="Find"
          placeholder="Find in all cells"
          value={query.text}
          onChange={(event) => {
            setQuery({ ...query, text: event.currentTarget.value });
            setAt(-1);
          }}
          onKeyDown={key}
          error={problem !== ''}
          w={230}
          ref={(input) => {
            if (input && !input.dataset.begun) {
              input.dataset.begun = 'true';
              input.focus();
            }
          }}
        />
        <ActionIcon size="sm" variant={query.matchCase ? 'light' : 'subtle'} color="gray" aria-label="Match case" title="Match case" aria-pressed={query.matchCase} onClick={() => setQuery({ ...query, matchCase: !query.matchCase })}>
          <CaseSensitive size={16} />
        </ActionIcon>
        <ActionIcon size="sm" variant={query.regexp ? 'light' : 'subtle'} color="gray" aria-label="Regular expression" title="Regular expression" aria-pressed={query.regexp} onClick={() => setQuery({ ...query, regexp: !query.regexp })}>
          <Regex size={14} />
        </ActionIcon>
        <small className="dim num" role="status" title={problem}>
          {count}
        </small>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Previous" title="Previous (Shift Enter)" onClick={() => step(-1)}>
          <ArrowUp size={14} />
        </ActionIcon>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Next" title="Next (Enter)" onClick={() => step(1)}>
          <ArrowDown size={14} />
        </ActionIcon>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Close" title="Close (Esc)" onClick={close}>
          <X size={14} />
        </ActionIcon>
      </div>
      {replacing && editable && (
        <div>
          <TextInput aria-label="Replace by" placeholder="Replace by" value={by} onChange={(event) => setBy(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && close()} w={230} />
          <button type="button" disabled={!current} onClick={() => current && (replace([current]), show(matches[index + 1]))}>
            Replace
          </button>
          <button type="button" disabled={matches.length === 0} onClick={() => replace(matches)}>
            Replace all
          </button>
        </div>
      )}
    </div>
  );
}
