import type { ClusterSpec } from '../api/clusters';

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

export const asCli = (spec: ClusterSpec) => `databricks --profile slipway clusters create --json ${shellQuoted(pretty(spec))}`;

export const asCurl = (spec: ClusterSpec, host: string) =>
  `curl -X POST ${host}/api/2.1/clusters/create \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -d ${shellQuoted(pretty(spec))}`;

const plain = (value: unknown): value is number | boolean | null => value === null || ['number', 'boolean'].includes(typeof value);

const hclKey = (key: string) => (/^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key));

/** Terraform's `${` begins an expression; doubled, it is text. */
const hclText = (text: string) => JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

function hclValue(value: unknown, indent: string): string {
  if (typeof value === 'string') return hclText(value);
  if (plain(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((each) => hclValue(each, indent)).join(', ')}]`;
  const inner = Object.entries(value as object).map(([key, each]) => `${indent}  ${hclKey(key)} = ${hclValue(each, `${indent}  `)}`);
  return `{\n${inner.join('\n')}\n${indent}}`;
}

/** Maps of free keys are arguments in the provider, objects of known fields are blocks. */
const MAPS = new Set(['spark_conf', 'spark_env_vars', 'custom_tags']);

function hclBody(spec: object, indent: string): string[] {
  return Object.entries(spec).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || MAPS.has(key)) {
      return [`${indent}${hclKey(key)} = ${hclValue(value, indent)}`];
    }
    return [`${indent}${hclKey(key)} {`, ...hclBody(value, `${indent}  `), `${indent}}`];
  });
}

export function asTerraform(spec: ClusterSpec): string {
  const name = String(spec.cluster_name ?? 'cluster').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replace(/^(\d|$)/, 'c$1');
  return [`resource "databricks_cluster" "${name}" {`, ...hclBody(spec, '  '), '}'].join('\n');
}
