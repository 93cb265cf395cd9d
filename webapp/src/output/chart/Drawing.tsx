import { useComputedColorScheme } from '@mantine/core';
import type { EChartsType } from 'echarts/core';
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import type { Table } from '../table';
import { init } from './echarts';
import { option } from './option';
import { coloursOf } from './palette';
import type { Chart } from './spec';
import { inWords } from './words';

export interface DrawingHandle {
  picture: (format: 'png' | 'svg') => Blob | undefined;
}

interface Props {
  table: Table;
  chart: Chart;
  ref: Ref<DrawingHandle>;
}

function fromAddress(address: string): Blob {
  const [head = '', body = ''] = address.split(',');
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type: /data:([^;]+)/.exec(head)?.[1] });
}

/** One chart, drawn on a canvas; its words are for those who do not see it. */
export function Drawing({ table, chart, ref }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<EChartsType>(null);
  const dark = useComputedColorScheme('light') === 'dark';
  const words = useMemo(() => inWords(table, chart), [table, chart]);

  useEffect(() => {
    if (!box.current) return undefined;
    const area = box.current;
    const made = init(area, null, { renderer: 'canvas' });
    drawn.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(area);
    return () => {
      observer.disconnect();
      made.dispose();
      drawn.current = null;
    };
  }, []);
  const what = useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    return option(
      table,
      chart,
      coloursOf(dark, (name) => style.getPropertyValue(name).trim()),
    );
  }, [table, chart, dark]);
  useEffect(() => {
    drawn.current?.setOption(what, { notMerge: true });
  }, [what]);

  useImperativeHandle(ref, () => ({
    picture: (format) => {
      const area = box.current;
      if (!drawn.current || !area) return undefined;
      const backgroundColor = getComputedStyle(document.documentElement).getPropertyValue('--sw-bg').trim();
      if (format === 'png') return fromAddress(drawn.current.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor }));
      const apart = init(null, null, { renderer: 'svg', ssr: true, width: area.clientWidth, height: area.clientHeight });
      apart.setOption({ ...what, backgroundColor });
      const svg = apart.renderToSVGString();
      apart.dispose();
      return new Blob([svg], { type: 'image/svg+xml' });
    },
  }));

  return (
    <div role="img" aria-label={words} className="chart-area">
      <div ref={box} className="chart-canvas" />
    </div>
  );
}
