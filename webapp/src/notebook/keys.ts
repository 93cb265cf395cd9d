/** When a key of the notebook works: while a cell is chosen, while somebody types in one, or both. */
export type Mode = 'command' | 'edit' | 'both';

export interface Key {
  /** As `chord` in `keyboard.ts` says it; `D D` is twice within a second. */
  keys: string[];
  mode: Mode;
  what: string;
  command: Command;
}

export type Command =
  | 'runAndGoOn'
  | 'run'
  | 'runAndInsert'
  | 'edit'
  | 'leave'
  | 'insertAbove'
  | 'insertBelow'
  | 'delete'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'code'
  | 'markdown'
  | `heading${1 | 2 | 3 | 4 | 5 | 6}`
  | 'next'
  | 'previous'
  | 'extendDown'
  | 'extendUp'
  | 'merge'
  | 'moveUp'
  | 'moveDown'
  | 'lineNumbers'
  | 'split'
  | 'find'
  | 'replace'
  | 'save'
  | 'commands'
  | 'help'
  | 'interrupt'
  | 'toggleCode'
  | 'toggleResult'
  | 'runAll'
  | 'clearAll'
  | 'contents'
  | 'revisions';

/** Every key of the notebook, as JupyterLab has them: the page listens by this table and the help shows it. */
export const NOTEBOOK_KEYS: Key[] = [
  { keys: ['Shift+Enter'], mode: 'both', what: 'Run the cell and go to the next', command: 'runAndGoOn' },
  { keys: ['Mod+Enter'], mode: 'both', what: 'Run the cell', command: 'run' },
  { keys: ['Alt+Enter'], mode: 'both', what: 'Run the cell and insert one below', command: 'runAndInsert' },
  { keys: ['Mod+S'], mode: 'both', what: 'Save a revision', command: 'save' },
  { keys: ['Mod+F'], mode: 'both', what: 'Find in the whole notebook', command: 'find' },
  { keys: ['Mod+H'], mode: 'both', what: 'Find and replace in the whole notebook', command: 'replace' },
  { keys: ['Mod+Shift+P'], mode: 'both', what: 'All commands', command: 'commands' },
  { keys: ['Mod+Shift+ArrowUp'], mode: 'both', what: 'Move the cell up', command: 'moveUp' },
  { keys: ['Mod+Shift+ArrowDown'], mode: 'both', what: 'Move the cell down', command: 'moveDown' },
  { keys: ['Escape'], mode: 'edit', what: 'Leave the text; Tab then leaves the cell', command: 'leave' },
  { keys: ['Mod+Shift+-'], mode: 'edit', what: 'Split the cell at the cursor', command: 'split' },
  { keys: ['Enter'], mode: 'command', what: 'Edit the cell', command: 'edit' },
  { keys: ['J', 'ArrowDown'], mode: 'command', what: 'Next cell', command: 'next' },
  { keys: ['K', 'ArrowUp'], mode: 'command', what: 'Previous cell', command: 'previous' },
  { keys: ['Shift+J', 'Shift+ArrowDown'], mode: 'command', what: 'Choose the next cell as well', command: 'extendDown' },
  { keys: ['Shift+K', 'Shift+ArrowUp'], mode: 'command', what: 'Choose the cell above as well', command: 'extendUp' },
  { keys: ['A'], mode: 'command', what: 'Insert a cell above', command: 'insertAbove' },
  { keys: ['B'], mode: 'command', what: 'Insert a cell below', command: 'insertBelow' },
  { keys: ['D D'], mode: 'command', what: 'Delete the chosen cells', command: 'delete' },
  { keys: ['Z'], mode: 'command', what: 'Undo the last deleting, inserting, pasting or moving of cells', command: 'undo' },
  { keys: ['Shift+Z'], mode: 'command', what: 'Redo it', command: 'redo' },
  { keys: ['X'], mode: 'command', what: 'Cut the chosen cells', command: 'cut' },
  { keys: ['C'], mode: 'command', what: 'Copy the chosen cells', command: 'copy' },
  { keys: ['V'], mode: 'command', what: 'Paste cells below', command: 'paste' },
  { keys: ['Shift+M'], mode: 'command', what: 'Merge the chosen cells, or the cell with the next', command: 'merge' },
  { keys: ['Y'], mode: 'command', what: 'Make it a code cell', command: 'code' },
  { keys: ['M'], mode: 'command', what: 'Make it a text cell', command: 'markdown' },
  { keys: ['1'], mode: 'command', what: 'Heading, 1 to 6', command: 'heading1' },
  { keys: ['2'], mode: 'command', what: '', command: 'heading2' },
  { keys: ['3'], mode: 'command', what: '', command: 'heading3' },
  { keys: ['4'], mode: 'command', what: '', command: 'heading4' },
  { keys: ['5'], mode: 'command', what: '', command: 'heading5' },
  { keys: ['6'], mode: 'command', what: '', command: 'heading6' },
  { keys: ['O'], mode: 'command', what: 'Show or hide the result', command: 'toggleResult' },
  { keys: ['Shift+O'], mode: 'command', what: 'Show or hide the code', command: 'toggleCode' },
  { keys: ['Shift+L'], mode: 'command', what: 'Show or hide line numbers', command: 'lineNumbers' },
  { keys: ['I I'], mode: 'command', what: 'Interrupt what runs', command: 'interrupt' },
  { keys: ['H', '?', 'Shift+?'], mode: 'command', what: 'Show these keys', command: 'help' },
];

/** Keys of the text editor itself: for the help only. */
export const EDITOR_KEYS: [string, string][] = [
  ['Ctrl+Space', 'Complete; Tab as well, behind a word'],
  ['Shift+Tab', 'Show what is known of the word at the cursor'],
  ['Mod+/', 'Comment or uncomment the lines'],
  ['Mod+D', 'Choose the next place with the same text'],
  ['Mod+Z', 'Undo typing in this cell'],
  ['ArrowDown', 'From the last line: to the next cell'],
];

/** Commands that have no key of their own. */
export const KEYLESS: [string, Command][] = [
  ['Run all cells', 'runAll'],
  ['Clear all outputs', 'clearAll'],
  ['Show or hide the table of contents', 'contents'],
  ['Show revisions', 'revisions'],
];
