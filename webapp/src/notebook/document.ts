/** A cell as it is shown: its language, its text without the magic that names it, and what it printed. */
export interface ShownCell {
  language: string;
  text: string;
  outputs: string[];
}

interface JupyterOutput {
  output_type?: string;
  text?: string | string[];
  data?: Record<string, string | string[]>;
  traceback?: string[];
}

interface Jupyter {
  cells?: { cell_type?: string; source?: string | string[]; outputs?: JupyterOutput[] }[];
}

const joined = (text: string | string[] | undefined) => (Array.isArray(text) ? text.join('') : (text ?? ''));

const MAGIC = /^%(python|py|sql|scala|r|md|sh|fs|run|pip)\b[ \t]*\n?/;

/** Terminal colours, which a plain text has no use for. */
const ANSI = /\u001b\[[0-9;]*m/g;

export const withoutAnsi = (text: string) => text.replaceAll(ANSI, '');

function outputText(output: JupyterOutput): string {
  return withoutAnsi(joined(output.text) || joined(output.data?.['text/plain']) || (output.traceback ?? []).join('\n'));
}

/** The cells of a Jupyter document whose own language is `language`. */
export function cellsOf(document: unknown, language: string): ShownCell[] {
  return ((document as Jupyter).cells ?? []).map((cell) => {
    const source = joined(cell.source);
    const magic = MAGIC.exec(source);
    const own = cell.cell_type === 'markdown' ? 'md' : language.toLowerCase();
    return {
      language: magic?.[1] ?? own,
      text: magic ? source.slice(magic[0].length) : source,
      outputs: (cell.outputs ?? []).map(outputText).filter(Boolean),
    };
  });
}
