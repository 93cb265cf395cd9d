import { EditorSelection, StateEffect, type Extension } from '@codemirror/state';
import { EditorView, layer, RectangleMarker, type LayerMarker } from '@codemirror/view';
import { hueOf } from './hue';
import type { Caret } from './session/carets';

/** Room that a name needs, in pixels. */
const FLAG_HEIGHT = 15;
const FLAG_WIDTH = 150;
/** How near the mouse comes to a caret to see whose it is. */
const NEAR = 5;

type Look = 'selection' | 'caret' | 'caret beside' | 'caret left' | 'caret left beside';

/** A rectangle over the text, which takes no room in it. */
class Mark implements LayerMarker {
  constructor(
    readonly rectangle: RectangleMarker,
    readonly caret: Caret,
    readonly look: Look,
  ) {}

  #same(other: Mark): boolean {
    const { client, name, moves } = this.caret;
    return other.look === this.look && other.caret.client === client && other.caret.name === name && other.caret.moves === moves;
  }

  eq(other: Mark): boolean {
    return this.#same(other) && this.rectangle.eq(other.rectangle);
  }

  draw(): HTMLElement {
    const element = this.rectangle.draw();
    element.className = `cm-guest ${this.look}`;
    element.style.setProperty('--hue', String(hueOf(this.caret.user)));
    if (this.look !== 'selection') element.dataset.name = this.caret.name;
    return element;
  }

  /** Drawn anew, the name is shown again: only for moves of their own. */
  update(element: HTMLElement, before: Mark): boolean {
    return this.#same(before) && this.rectangle.update(element, before.rectangle);
  }
}

/** Text may have become shorter than a place that the server has told. */
const rectangles = (view: EditorView, from: number, to: number) => {
  const most = view.state.doc.length;
  return RectangleMarker.forRange(view, 'cm-guest', EditorSelection.range(Math.min(from, most), Math.min(to, most)));
};

const selectionOf = (view: EditorView, caret: Caret) =>
  caret.anchor === caret.head ? [] : rectangles(view, caret.anchor, caret.head).map((each) => new Mark(each, caret, 'selection'));

const lineOf = (view: EditorView, caret: Caret) => rectangles(view, caret.head, caret.head).map((each) => new Mark(each, caret, lookOf(view, each)));

/** The name stands above the caret, or where it can be seen. */
function lookOf({ scrollDOM }: EditorView, { left, top }: RectangleMarker): Look {
  const beyond = left + FLAG_WIDTH > scrollDOM.clientWidth + scrollDOM.scrollLeft;
  if (top < FLAG_HEIGHT) return beyond ? 'caret left beside' : 'caret beside';
  return beyond ? 'caret left' : 'caret';
}

const changed = StateEffect.define<null>();

/** The carets are no part of the text: where the mouse is must be found out by hand. */
function nameNear({ clientX, clientY }: MouseEvent, { scrollDOM }: EditorView): void {
  for (const element of scrollDOM.querySelectorAll('.cm-guest.caret')) {
    const { left, top, bottom } = element.getBoundingClientRect();
    element.classList.toggle('named', Math.abs(clientX - left) <= NEAR && clientY >= top && clientY <= bottom);
  }
}

const named = EditorView.domEventHandlers({ mousemove: nameNear, mouseleave: nameNear });

const drawn = new WeakSet<EditorView>();

/** Draws the carets of others, and goes on doing so as the text changes. */
export function showGuests(view: EditorView, carets: () => readonly Caret[]): void {
  if (drawn.has(view)) {
    view.dispatch({ effects: changed.of(null) });
    return;
  }
  drawn.add(view);
  const drawnBy = (className: string, marksOf: (shown: EditorView, caret: Caret) => Mark[]) =>
    layer({
      above: true,
      class: className,
      update: ({ docChanged, transactions }) => docChanged || transactions.some(({ effects }) => effects.some((effect) => effect.is(changed))),
      markers: (shown) => carets().flatMap((caret) => marksOf(shown, caret)),
    });
  // The first of layers is the uppermost.
  const extension: Extension = [drawnBy('cm-guest-carets', lineOf), drawnBy('cm-guest-selections', selectionOf), named];
  view.dispatch({ effects: StateEffect.appendConfig.of(extension) });
}
