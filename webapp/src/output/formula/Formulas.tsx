import { useEffect, useRef } from 'react';
import { draw } from './drawn';
import { inLatex, pieces, type Formula } from './tex';

function Drawn({ formula }: { formula: Formula }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (place.current) draw(formula, place.current);
  }, [formula]);
  return <span ref={place} />;
}

/** A text of LaTeX: its formulas drawn, the rest as it is. */
export function Formulas({ text }: { text: string }) {
  return <div className="markdown latex">{pieces(text, inLatex).map((piece, at) => (typeof piece === 'string' ? piece : <Drawn key={at} formula={piece} />))}</div>;
}
