import { JsonTree } from './JsonTree';

export function Plotly({ figure }: { figure: unknown; label: string }) {
  return <JsonTree value={figure} />;
}
