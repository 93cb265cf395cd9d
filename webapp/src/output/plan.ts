/** Lines of a query plan: `+- Relation …` and `:- Project …` below one that begins it. */
const BRANCH = /^[\s:|]*[+:]- /;

/** An error's words apart from the query plan that Spark adds to them, if there is one. */
export function withoutPlan(message: string): { words: string; plan: string } {
  const lines = message.split('\n');
  const branch = lines.findIndex((line) => BRANCH.test(line));
  if (branch < 1) return { words: message, plan: '' };
  // The line above the first branch is the plan's root.
  let from = branch - 1;
  if (/^== .* ==$/.test(lines[from - 1] ?? '')) from -= 1;
  const rest = lines.slice(from);
  const end = rest.findIndex((line, index) => index > branch - from && line !== '' && !BRANCH.test(line) && !/^[\s:|]/.test(line));
  const plan = end < 0 ? rest : rest.slice(0, end);
  const words = [...lines.slice(0, from), ...(end < 0 ? [] : rest.slice(end))].join('\n').trimEnd().replace(/;$/, '');
  return words.trim() === '' ? { words: message, plan: '' } : { words, plan: plan.join('\n').trimEnd() };
}
