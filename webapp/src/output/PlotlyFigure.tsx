import { useComputedColorScheme } from '@mantine/core';
import plotly from 'plotly.js-strict-dist-min';
import { useEffect, useRef } from 'react';
import { object, text } from './kept';

interface Props {
  data: unknown[];
  layout: Record<string, unknown>;
  config: Record<string, unknown>;
  label: string;
}

const HEIGHT = 450;

/** Figures have a template with a look of its own, nearly always plotly's light one: in the dark its greys would be unreadable. */
function dressed(layout: Record<string, unknown>, dark: boolean): Record<string, unknown> {
  const size = { autosize: true, height: typeof layout.height === 'number' ? layout.height : HEIGHT };
  if (!dark) return { ...layout, ...size };
  const axis = { gridcolor: '#2c343b', zerolinecolor: '#3a444c', linecolor: '#3a444c' };
  const template = object(layout.template);
  const below = object(template.layout);
  return {
    ...layout,
    ...size,
    template: {
      ...template,
      layout: { ...below, paper_bgcolor: '#15191d', plot_bgcolor: '#15191d', font: { ...object(below.font), color: '#dde3e8' }, xaxis: { ...object(below.xaxis), ...axis }, yaxis: { ...object(below.yaxis), ...axis }, polar: { bgcolor: '#15191d' }, ternary: { bgcolor: '#15191d' }, geo: { ...object(below.geo), bgcolor: '#15191d', landcolor: '#20272d', lakecolor: '#15191d' } },
    },
  };
}

/** The strict build of plotly needs no eval, so figures can be drawn inside the page; their texts are cleaned by plotly itself. */
export function PlotlyFigure({ data, layout, config, label }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    if (!area.current) return;
    void plotly.react(area.current, { data, layout: dressed(layout, dark), config: { ...config, responsive: true, displaylogo: false, plotlyServerURL: '', showSendToCloud: false } });
  }, [data, layout, config, dark]);
  useEffect(() => {
    const drawn = area.current;
    return () => {
      if (drawn) plotly.purge(drawn);
    };
  }, []);
  const { title } = layout;
  return <div ref={area} className="plotly-figure" role="group" aria-label={`${label}, figure ${text(title) || text(object(title).text)}`.trim()} />;
}
