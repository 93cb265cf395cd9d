import { useEffect, useMemo, useRef } from 'react';
import { Copy } from '../parts/Copy';
import { readable, type Range } from './policy/statements';

interface Piece {
  text: string;
  marked: boolean;
}

/** A text in pieces, those that are marked and what is between them. */
function pieces(text: string, marked: Range[]): Piece[] {
  const all: Piece[] = [];
  let at = 0;
  for (const { from, to } of [...marked].sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    all.push({ text: text.slice(at, from), marked: false }, { text: text.slice(from, to), marked: true });
    at = to;
  }
  return [...all, { text: text.slice(at), marked: false }].filter((piece) => piece.text !== '');
}

const NONE: Range[] = [];

/** A policy to be read; statements that are marked stand out, and the first of them is in view. */
export function DocumentText({ text, label, marked = NONE }: { text: string; label: string; marked?: Range[] }) {
  const box = useRef<HTMLPreElement>(null);
  const shown = useMemo(() => readable(text, marked), [text, marked]);
  useEffect(() => {
    const first = box.current?.querySelector('mark');
    if (box.current && first) box.current.scrollTop = first.offsetTop - box.current.offsetTop - 24;
  }, [shown]);
  return (
    <div className="document">
      <Copy text={shown.text} label={`Copy ${label}`} />
      <pre ref={box} className="code" tabIndex={0} aria-label={label}>
        {pieces(shown.text, shown.marked).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))}
      </pre>
    </div>
  );
}
