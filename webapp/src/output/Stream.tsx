import { Button } from '@mantine/core';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { save } from '../parts/save';
import { Ansi } from './Ansi';
import { withoutColours } from './ansi';
import { fileName } from './copying';
import { CHARACTERS, LINES, tail } from './tail';
import type { StreamOutput } from './types';

interface Shown {
  parts: StreamOutput[];
  cut: boolean;
}

/** The last parts, as much as can be drawn. */
function end(parts: StreamOutput[]): Shown {
  const shown: StreamOutput[] = [];
  let [lines, characters] = [LINES, CHARACTERS];
  let cut = false;
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const part = parts[at];
    if (!part) continue;
    if (lines <= 0 || characters <= 0) return { parts: shown, cut: true };
    const kept = tail(part.text, lines, characters);
    shown.unshift({ ...part, text: kept.text });
    lines -= kept.text.split('\n').length - 1 || 1;
    characters -= kept.text.length;
    if (kept.cut) {
      cut = true;
      break;
    }
  }
  return { parts: shown, cut };
}

function size(characters: number): string {
  return characters >= 1e6 ? `${(characters / 1e6).toFixed(1)} MB` : `${Math.ceil(characters / 1000)} kB`;
}

/** What was printed, without a break in between. Stays at its end while it grows, unless the reader has scrolled away from there. */
export function Stream({ parts, label }: { parts: StreamOutput[]; label: string }) {
  const box = useRef<HTMLPreElement>(null);
  const following = useRef(true);
  const shown = useMemo(() => end(parts), [parts]);
  const characters = parts.reduce((sum, part) => sum + part.text.length, 0);
  useLayoutEffect(() => {
    if (box.current && following.current) box.current.scrollTop = box.current.scrollHeight;
  }, [shown]);
  return (
    <div className="stream">
      {shown.cut && (
        <p className="dim">
          Only the end is shown, at most {LINES.toLocaleString('en')} lines of {size(characters)}.
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => save(new Blob(parts.map((part) => withoutColours(part.text)), { type: 'text/plain' }), fileName(label, 'txt'))}
          >
            Download all text
          </Button>
        </p>
      )}
      <pre
        ref={box}
        tabIndex={0}
        aria-label={`${label}, text`}
        onScroll={({ currentTarget: area }) => {
          following.current = area.scrollHeight - area.scrollTop - area.clientHeight < 30;
        }}
      >
        {shown.parts.map((part, index) => (
          <span key={index} className={part.name}>
            <Ansi text={part.text} />
          </span>
        ))}
      </pre>
    </div>
  );
}
