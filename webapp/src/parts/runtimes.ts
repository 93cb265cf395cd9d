export interface RuntimeVersion {
  key: string;
  name: string;
}

/** `18.2 (Spark 4.2.1)` of `18.2 (includes Apache Spark 4.2.1, Scala 2.13)`. */
export const shortRuntime = (name: string) => name.replace('includes Apache ', '').replace(/, Scala [\d.]+/, '');

const KEY = /^(\d{1,2})\.(\d{1,2}|x)(?:\.x)?[a-z\d-]*-scala2\.1[0-3]$/;

/** The Spark of a Databricks runtime, by its first number, in hundreds and ones: 305 is Spark 3.5. */
const sparkOf = (runtime: number) => (runtime <= 16 ? 305 : runtime === 17 ? 400 : runtime === 18 ? 401 : Infinity);

function spark({ name }: RuntimeVersion): number {
  const [, major = '0', minor = '0'] = /Spark (\d+)\.(\d+)/.exec(name) ?? [];
  return Number(major) * 100 + Number(minor);
}

/** What a key is offered as: a version of the list, or the one that the server takes for a version that it has not got. */
export function runtimeOf(key: string, versions: RuntimeVersion[]): { name: string; runsAs?: string } {
  const offered = versions.find((each) => each.key === key);
  if (offered) return { name: offered.name };
  const [, number, minor] = KEY.exec(key) ?? [];
  if (number === undefined || versions.length === 0) return { name: key };
  const ml = key.includes('-ml-');
  const alike = versions.filter((each) => each.key.includes('-ml-') === ml);
  const sorted = [...(alike.length > 0 ? alike : versions)].sort((a, b) => spark(a) - spark(b));
  const taken = sorted.find((each) => spark(each) >= sparkOf(Number(number))) ?? sorted.at(-1);
  return { name: `${number}.${minor ?? 'x'}.x`.replace('.x.x', '.x'), runsAs: taken && shortRuntime(taken.name).replace(/ \((.*)\)/, ', $1') };
}

/** `7.0.x (runs as 17.3 LTS, Spark 4.0.1)`. */
export function runtimeText(key: string | undefined, versions: RuntimeVersion[]): string {
  if (!key) return '';
  const { name, runsAs } = runtimeOf(key, versions);
  return runsAs ? `${name} (runs as ${runsAs})` : shortRuntime(name);
}

/** Choices for a form: also what is chosen already and is not in the list. */
export function runtimeChoices(versions: RuntimeVersion[], chosen: string | undefined): { value: string; label: string }[] {
  const offered = versions.map(({ key, name }) => ({ value: key, label: name }));
  if (!chosen || versions.some(({ key }) => key === chosen)) return offered;
  return [{ value: chosen, label: runtimeText(chosen, versions) }, ...offered];
}
