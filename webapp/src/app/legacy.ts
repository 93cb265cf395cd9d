/** Where an address of the hash era leads: clients still print them, the Jobs API among them. Undefined for other fragments. */
export function legacyAddress(hash: string): string | undefined {
  const path = hash.replace(/^#\/?/, '').split('?')[0] ?? '';
  const rules: [RegExp, (part: string[]) => string][] = [
    [/^jobs?\/(\d+)\/runs?\/(\d+)/, ([job, run]) => `/jobs/${job}/runs/${run}`],
    [/^jobs?\/(\d+)/, ([job]) => `/jobs/${job}`],
    [/^(?:setting\/)?clusters\/([\w-]+)/, ([cluster]) => `/compute/clusters/${cluster}`],
    [/^notebook\/(\d+)/, ([object]) => `/objects/${object}`],
    [/^mlflow\/experiments\/(\d+)/, ([experiment]) => `/ml/experiments/${experiment}`],
    [/^experiments\/(\d+)/, ([experiment]) => `/ml/experiments/${experiment}`],
  ];
  for (const [pattern, to] of rules) {
    const match = pattern.exec(path);
    if (match) return to(match.slice(1));
  }
  return undefined;
}
