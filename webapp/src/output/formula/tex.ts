/** A formula as somebody has written it. */
export interface Formula {
  /** With its delimiters. */
  source: string;
  tex: string;
  /** On a line of its own. */
  display: boolean;
}

/** As pandoc has it, so that "$5 and $6" stays money: no space after the opening dollar, none before the closing one, no digit after that. Nor does it reach into code. */
const DOLLARS = /^\$(?![\s$])((?:\\[^]|[^\\$`\n]|\n(?!\s*\n))*?(?:\\[^]|[^\\$`\s]))\$(?!\d)/;
const DOUBLE_DOLLARS = /^\$\$((?:\\[^]|[^\\$]|\$(?!\$))+?)\$\$/;
/** Markdown takes one backslash away, so its authors write two. */
const ESCAPED_PARENTHESES = /^\\\\\(([^]+?)\\\\\)/;
const ESCAPED_BRACKETS = /^\\\\\[([^]+?)\\\\\]/;
const PARENTHESES = /^\\\(([^]+?)\\\)/;
const BRACKETS = /^\\\[([^]+?)\\\]/;
const ENVIRONMENT = /^(\\begin\{([a-z]+\*?)\}[^]+?\\end\{\2\})/;

const COMMAND = /(?<!\\)\\[A-Za-z]/;
const DOUBLED = /(?<!\\)\\\\[A-Za-z]/;

/** Who writes every backslash twice, as Databricks' own examples do, means one; else two are a line break. */
function single(tex: string): string {
  return DOUBLED.test(tex) && !COMMAND.test(tex) ? tex.replaceAll('\\\\', '\\') : tex;
}

function first(text: string, forms: [RegExp, boolean][]): Formula | undefined {
  for (const [form, display] of forms) {
    const [source, tex] = form.exec(text) ?? [];
    if (source && tex?.trim()) return { source, tex: single(tex.trim()), display };
  }
  return undefined;
}

/** The formula that a part of a Markdown text begins with. */
export const inMarkdown = (text: string) =>
  first(text, [
    [DOUBLE_DOLLARS, true],
    [ESCAPED_BRACKETS, true],
    [ESCAPED_PARENTHESES, false],
    [DOLLARS, false],
  ]);

/** The formula that a part of a text of LaTeX begins with. */
export const inLatex = (text: string) =>
  first(text, [
    [DOUBLE_DOLLARS, true],
    [BRACKETS, true],
    [PARENTHESES, false],
    [ENVIRONMENT, true],
    [DOLLARS, false],
  ]);

/** A text, taken apart: its formulas, and what stands between them. */
export function pieces(text: string, formulaOf: (text: string) => Formula | undefined): (Formula | string)[] {
  const found: (Formula | string)[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const formula = /[$\\]/.test(text.charAt(at)) ? formulaOf(text.slice(at)) : undefined;
    if (formula) {
      if (at > from) found.push(text.slice(from, at));
      found.push(formula);
      at += formula.source.length;
      from = at;
    } else {
      at += text.startsWith('\\', at) ? 2 : 1;
    }
  }
  if (from < text.length) found.push(text.slice(from));
  return found;
}
