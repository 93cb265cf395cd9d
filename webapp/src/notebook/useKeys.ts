import { completionStatus } from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import { useEffect, type RefObject } from 'react';
import { inspectionShown } from './answers';
import { Keyboard } from './keyboard';
import type { Command, Mode } from './keys';

/** Parts of a page that have keys of their own. */
const OTHERS = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="grid"], [role="listbox"], .outputs, iframe';

function modeOf(target: EventTarget | null, page: HTMLElement): Exclude<Mode, 'both'> | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  if (target.closest('.cm-content')) return 'edit';
  if (target.closest(OTHERS)) return undefined;
  // Nothing has the keys: then it is as if the active cell had them.
  return page.contains(target) || target === document.body || target.id === 'main' ? 'command' : undefined;
}

/** Buttons are pressed by these. */
const pressesButtons = (event: KeyboardEvent) => (event.key === 'Enter' || event.key === ' ') && event.target instanceof Element && event.target.closest('button, a') !== null;

/** Listens for the keys of the notebook, before editors do. */
export function useKeys(page: RefObject<HTMLElement | null>, run: (command: Command) => void): void {
  useEffect(() => {
    const keyboard = new Keyboard();
    const listen = (event: KeyboardEvent) => {
      const element = page.current;
      const mode = element && !event.isComposing ? modeOf(event.target, element) : undefined;
      if (!mode || (mode === 'command' && pressesButtons(event) && !event.shiftKey && !event.ctrlKey && !event.metaKey)) return;
      const command = keyboard.command(event, mode);
      if (!command) return;
      const view = mode === 'edit' ? EditorView.findFromDOM(event.target as HTMLElement) : null;
      // The first Esc closes what hangs at the cursor.
      if (command === 'leave' && view && (completionStatus(view.state) === 'active' || inspectionShown(view))) return;
      event.preventDefault();
      event.stopPropagation();
      run(command);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [page, run]);
}
