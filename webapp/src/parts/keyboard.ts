import { useEffect, useRef } from 'react';

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
export const commandKey = mac ? '⌘' : 'Ctrl';

/** Every shortcut of the application: the help page shows this table. */
export const SHORTCUTS: [string, string][] = [
  ['mod+k', 'Search everything'],
  ['?', 'Show the keyboard help'],
  ['/', 'Filter the list'],
  ['j', 'Next row (also Arrow down)'],
  ['k', 'Previous row (also Arrow up)'],
  ['Enter', 'Open the row'],
  ['g h', 'Go home'],
  ['g w', 'Go to the workspace'],
  ['g d', 'Go to the catalog'],
  ['g j', 'Go to jobs and runs'],
  ['g c', 'Go to compute'],
  ['mod+s', 'Save the file'],
];

export const shown = (keys: string) => keys.replace('mod+', `${commandKey} `).replace(/\b([a-z])\b/g, (letter) => letter.toUpperCase());

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function pressed(event: KeyboardEvent, before: string): string[] {
  const plain = event.key;
  if (event.ctrlKey || event.metaKey) return (mac ? event.metaKey : event.ctrlKey) ? [`mod+${plain.toLowerCase()}`] : [];
  // After `g` a letter says where to go, and nothing else.
  return before === 'g' ? [`g ${plain}`] : [plain];
}

let last = '';
let lastAt = 0;
document.addEventListener('keydown', (event) => {
  setTimeout(() => {
    last = event.key;
    lastAt = event.timeStamp;
  });
});

/** Runs `action` when the keys are pressed; single letters not while somebody types. */
export function useShortcut(keys: string, action: (event: KeyboardEvent) => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!keys.startsWith('mod+') && (typing(event.target) || event.altKey)) return;
      const before = event.timeStamp - lastAt < 1000 ? last : '';
      if (pressed(event, before).includes(keys)) {
        event.preventDefault();
        latest.current(event);
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [keys]);
}
