import { lazy, Suspense } from 'react';
import { JsonTree } from '../JsonTree';
import { useNear } from '../useNear';

const VegaFigure = lazy(() => import('./VegaFigure').then((loaded) => ({ default: loaded.VegaFigure })));

/** A specification of Vega or Vega-Lite. The libraries are large: they are loaded when a chart comes near the visible part of the page. */
export function Vega({ spec, lite, label }: { spec: unknown; lite: boolean; label: string }) {
  const [box, near] = useNear<HTMLDivElement>();
  if (typeof spec !== 'object' || spec === null) return <JsonTree value={spec} />;
  const later = <div className="chart-loading" role="status" aria-label="Loading the chart" />;
  return <div ref={box}>{near ? <Suspense fallback={later}><VegaFigure spec={spec} lite={lite} label={label} /></Suspense> : later}</div>;
}
