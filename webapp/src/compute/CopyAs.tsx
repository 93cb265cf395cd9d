import { Snippets } from '../parts/Snippets';
import { asCli, asCurl, asTerraform } from './snippets';
import type { ClusterSpec } from '../api/clusters';

/** A specification in other tools' words. */
export function CopyAs({ spec }: { spec: ClusterSpec }) {
  return (
    <Snippets
      items={[
        ['Databricks CLI', asCli(spec)],
        ['curl', asCurl(spec, location.origin)],
        ['Terraform', asTerraform(spec)],
      ]}
    />
  );
}
