import { CodeEditor } from '../parts/editor';
import type { ShownCell } from './document';

const EXTENSIONS: Record<string, string> = { python: 'py', py: 'py', sql: 'sql', scala: 'scala', r: 'r', sh: 'sh' };

export function Cell({ cell, number }: { cell: ShownCell; number: number }) {
  return (
    <section className="cell" aria-label={`Cell ${number}`}>
      <small className="cell-language">{cell.language}</small>
      {cell.language === 'md' ? (
        <div className="cell-text">{cell.text}</div>
      ) : (
        <CodeEditor name={`cell.${EXTENSIONS[cell.language] ?? 'txt'}`} value={cell.text} label={`Code of cell ${number}`} readOnly />
      )}
      {cell.outputs.map((text, index) => (
        <pre key={index} className="code">
          {text}
        </pre>
      ))}
    </section>
  );
}
