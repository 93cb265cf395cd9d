import { memo, type CSSProperties } from 'react';
import { settled, spans, type Span } from './ansi';

const colour = (value: number | string | undefined) => (typeof value === 'number' ? `var(--sw-ansi-${value})` : value);

/** Colours beyond the terminal's own were chosen for a background that is not known here: nearer to that of text they can be read on any. */
const readable = (value: number | string | undefined) => (typeof value === 'string' ? `color-mix(in srgb, ${value} 50%, var(--sw-text))` : colour(value));

function style(span: Span): CSSProperties | undefined {
  const { colour: front, background, bold, dim, italic, underline } = span;
  if (front === undefined && background === undefined && !bold && !dim && !italic && !underline) return undefined;
  return {
    color: background === undefined ? readable(front) : colour(front),
    backgroundColor: colour(background),
    fontWeight: bold ? 600 : undefined,
    opacity: dim ? 0.75 : undefined,
    fontStyle: italic ? 'italic' : undefined,
    textDecoration: underline ? 'underline' : undefined,
  };
}

/** Text of a terminal, with its colours in those of the theme. */
export const Ansi = memo(function Ansi({ text }: { text: string }) {
  return (
    <>
      {spans(settled(text)).map((span, index) => {
        const look = style(span);
        return look ? (
          <span key={index} style={look}>
            {span.text}
          </span>
        ) : (
          span.text
        );
      })}
    </>
  );
});
