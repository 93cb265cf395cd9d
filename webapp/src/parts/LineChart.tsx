import { useState, type PointerEvent } from 'react';
import { nearest, path, roundUp, type Line } from './lines';
import { clock } from './time';
import './lines.css';

const WIDTH = 640;
const HEIGHT = 120;

interface Props {
  title: string;
  lines: Line[];
  begins: number;
  ends: number;
  /** The scale reaches at least so far; drawn as a line of its own if it is given. */
  limit?: { value: number; name: string };
  format: (value: number) => string;
  /** Milliseconds without a point that count as nothing measured. */
  silence: number;
}

/** Values over time, one line for each name. What the pointer is at is told below, in words. */
export function LineChart({ title, lines, begins, ends, limit, format, silence }: Props) {
  const [at, setAt] = useState<number>();
  const most = Math.max(limit?.value ?? 0, ...lines.flatMap((line) => line.points.map(([, value]) => value)));
  const top = limit && most <= limit.value ? limit.value : roundUp(most);
  const last = lines.map((line) => `${line.name} ${format(line.points.at(-1)?.[1] ?? 0)}`).join(', ');
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(begins + ((event.clientX - box.left) / box.width) * (ends - begins));
  };
  const x = at === undefined ? 0 : ((at - begins) / (ends - begins)) * WIDTH;
  return (
    <figure className="line-chart">
      <figcaption>
        {title}
        <small className="dim">{limit ? ` of ${format(limit.value)} ${limit.name}` : ''}</small>
      </figcaption>
      <div className="line-chart-box">
        <span className="scale">{format(top)}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${title}: ${last}`} onPointerMove={point} onPointerLeave={() => setAt(undefined)}>
          {[0.25, 0.5, 0.75].map((part) => (
            <line key={part} className="grid" x1={0} x2={WIDTH} y1={HEIGHT * part} y2={HEIGHT * part} />
          ))}
          {lines.map((line, index) => (
            <path key={line.name} className={`line line-${index % 6}`} d={path(line, begins, ends, top, WIDTH, HEIGHT, silence)} />
          ))}
          {at !== undefined && <line className="cursor" x1={x} x2={x} y1={0} y2={HEIGHT} />}
        </svg>
        <div className="times">
          <span>{clock(begins)}</span>
          <span>{clock(ends)}</span>
        </div>
      </div>
      <ul className="legend">
        {lines.map((line, index) => {
          const shown = at === undefined ? line.points.at(-1) : nearest(line, at);
          return (
            <li key={line.name}>
              <i className={`line-${index % 6}`} />
              {line.name} <b className="num">{shown ? format(shown[1]) : 'nothing'}</b>
              {at !== undefined && shown && <small className="dim"> at {clock(shown[0])}</small>}
            </li>
          );
        })}
      </ul>
    </figure>
  );
}
