import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from '@xyflow/react';
import { X } from 'lucide-react';

/** A line that can be taken away by the button in its middle. */
export function DependencyEdge({ source, target, data, ...at }: EdgeProps) {
  const [path, x, y] = getBezierPath(at);
  const remove = data?.remove as (() => void) | undefined;
  return (
    <>
      <BaseEdge path={path} />
      <EdgeLabelRenderer>
        <button
          type="button"
          className="dag-cut nodrag nopan"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          aria-label={`Remove: ${target} waits for ${source}`}
          title={`${target} waits for ${source}. Remove that`}
          onClick={remove}
        >
          <X size={10} aria-hidden="true" />
        </button>
      </EdgeLabelRenderer>
    </>
  );
}
