import { expect, test } from 'vitest';
import { cellsOf } from './document';

test('cells tell their language by their magic, else by the notebook', () => {
  const document = {
    cells: [
      { cell_type: 'code', source: ['print(1)\n', 'print(2)'], outputs: [{ output_type: 'stream', text: ['1\n', '2\n'] }] },
      { cell_type: 'code', source: '%sql\nselect 1' },
      { cell_type: 'markdown', source: '# Title' },
    ],
  };
  expect(cellsOf(document, 'PYTHON')).toEqual([
    { language: 'python', text: 'print(1)\nprint(2)', outputs: ['1\n2\n'] },
    { language: 'sql', text: 'select 1', outputs: [] },
    { language: 'md', text: '# Title', outputs: [] },
  ]);
});

test('terminal colours are taken out of tracebacks', () => {
  const cells = cellsOf({ cells: [{ source: '', outputs: [{ output_type: 'error', traceback: ['\u001b[31mBad\u001b[0m'] }] }] }, 'PYTHON');
  expect(cells[0]?.outputs).toEqual(['Bad']);
});
