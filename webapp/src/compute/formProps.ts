import type { ClusterSpec } from '../api/clusters';

/** What every part of the cluster's form shows and changes. */
export interface FormProps {
  spec: ClusterSpec;
  set: (spec: ClusterSpec) => void;
}
