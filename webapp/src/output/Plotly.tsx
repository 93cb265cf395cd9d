import { lazy, Suspense } from 'react';
import { JsonTree } from './JsonTree';
import { object } from './kept';
import { useNear } from './useNear';

const PlotlyFigure = lazy(() => import('./PlotlyFigure').then((loaded) => ({ default: loaded.PlotlyFigure })));

/** A figure of plotly. The library is large: it is loaded when a figure comes near the visible part of the page. */
export function Plotly({ figure, label }: { figure: unknown; label: string }) {
  const [box, near] = useNear<HTMLDivElement>();
  const { data, layout, config } = object(figure);
  if (!Array.isArray(data)) return <JsonTree value={figure} />;
  const later = <div className="chart-loading" role="status" aria-label="Loading the figure" />;
  return <div ref={box}>{near ? <Suspense fallback={later}><PlotlyFigure data={data} layout={object(layout)} config={object(config)} label={label} /></Suspense> : later}</div>;
}
