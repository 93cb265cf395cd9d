import katex from 'katex';
import 'katex/dist/katex.min.css';
import type { Formula } from './tex';

/**
 * Puts a formula into `place`; one that is not understood stays what its author has written. Nothing in a formula may load or lead
 * anywhere. Drawn with fonts of our own: browsers' MathML knows no letters like that of the real numbers, and few systems have a font for it.
 */
export function draw({ tex, source, display }: Formula, place: HTMLElement): void {
  try {
    katex.render(tex, place, { displayMode: display, throwOnError: true, trust: false, strict: false, errorColor: 'var(--sw-failed)', maxExpand: 500, maxSize: 20 });
  } catch (error) {
    const code = document.createElement('code');
    code.textContent = source;
    code.title = error instanceof Error ? error.message : '';
    place.replaceChildren(code);
  }
}
