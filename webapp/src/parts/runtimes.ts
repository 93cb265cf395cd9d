export interface RuntimeVersion {
  key: string;
  name: string;
}

/** `18.2 (Spark 4.2.1)` of `18.2 (includes Apache Spark 4.2.1, Scala 2.13)`. */
export const shortRuntime = (name: string) => name.replace('includes Apache ', '').replace(/, Scala [\d.]+/, '');

/** What is on offer, and what other keys run as from their first number on, lowest first. */
export interface Runtimes {
  versions: RuntimeVersion[];
  unlisted: { from: number; runs_as: string }[];
}

const KEY = /^(\d{1,2})\.(\d{1,2}|x)(?:\.x)?[a-z\d-]*-scala2\.1[0-3]$/;

/** `7.0.x (runs as 17.3 LTS, Spark 4.0.1)`. */
export function runtimeText(key: string | undefined, { versions, unlisted }: Runtimes): string {
  if (!key) return '';
  const offered = versions.find((each) => each.key === key);
  if (offered) return shortRuntime(offered.name);
  const [, number, minor] = KEY.exec(key) ?? [];
  const taken = unlisted.filter(({ from }) => from <= Number(number)).at(-1);
  if (number === undefined || !taken) return key;
  return `${number}.${minor ?? 'x'}.x`.replace('.x.x', '.x') + ` (runs as ${taken.runs_as})`;
}

/** Choices for a form: also what is chosen already and is not in the list. */
export function runtimeChoices(runtimes: Runtimes, chosen: string | undefined): { value: string; label: string }[] {
  const offered = runtimes.versions.map(({ key, name }) => ({ value: key, label: name }));
  if (!chosen || offered.some(({ value }) => value === chosen)) return offered;
  return [{ value: chosen, label: runtimeText(chosen, runtimes) }, ...offered];
}
