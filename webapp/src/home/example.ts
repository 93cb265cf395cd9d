import airports from '../../../examples/flights/data/airports.csv?url';
import flights from '../../../examples/flights/data/flights-20k.json?url';
import weather from '../../../examples/flights/data/weather.csv?url';
import cluster from '../../../examples/flights/cluster.json?raw';
import ingest from '../../../examples/flights/ingest.py?raw';
import job from '../../../examples/flights/job.json?raw';
import report from '../../../examples/flights/report.py?raw';
import transform from '../../../examples/flights/transform.py?raw';
import { everyCluster, createCluster, type ClusterSpec } from '../api/clusters';
import { createJob, resetJob, type JobSettings } from '../api/jobs';
import { putFile } from '../api/dbfs';
import { importObject, mkdirs } from '../api/tree';

const FOLDER = '/Shared/examples/flights';
const FILES = '/examples/flights';
const NOTEBOOKS = { ingest, transform };
const DATA = { 'flights-20k.json': flights, 'airports.csv': airports, 'weather.csv': weather };

/**
 * Does what `./slipway quickstart` does, with the same files at the same places, but for running the job. Everything is replaced, so
 * that it may be interrupted and repeated.
 *
 * @param jobId of the example's job, if there is one
 */
export async function addExample(jobId: number | undefined, tell: (step: string) => void): Promise<void> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  tell('Importing its notebooks');
  await mkdirs(FOLDER);
  for (const [name, source] of Object.entries(NOTEBOOKS)) {
    await importObject({ path: `${FOLDER}/${name}`, content: bytes(source), format: 'SOURCE', language: 'PYTHON', overwrite: true });
  }
  await putFile(`${FILES}/report.py`, bytes(report));
  for (const [name, address] of Object.entries(DATA)) {
    tell(`Uploading ${name}`);
    await putFile(`${FILES}/${name}`, await fetched(address));
  }
  tell('Creating its cluster and its job');
  const spec = JSON.parse(cluster) as ClusterSpec;
  const known = (await everyCluster()).find((each) => each.cluster_name === spec.cluster_name);
  const clusterId = known?.cluster_id ?? (await createCluster(spec)).cluster_id;
  const settings = JSON.parse(job.replaceAll('{{cluster_id}}', clusterId)) as JobSettings;
  await (jobId === undefined ? createJob(settings) : resetJob(jobId, settings));
}

async function fetched(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The server does not have ${address}.`);
  return new Uint8Array(await response.arrayBuffer());
}
