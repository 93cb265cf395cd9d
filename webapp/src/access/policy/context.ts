/** Where in a document something is being typed. */
export interface Typing {
  /** Keys of the objects around it, from the outermost; that of the value itself is the last one. */
  path: string[];
  role: 'key' | 'value';
  /** Where the text in quotes begins, behind the quote; without it none is begun. */
  quoted?: number;
}

interface Around {
  bracket: '{' | '[';
  /** Of an object: the key whose value comes. */
  key?: string;
}

/** Behind a text in quotes that begins at `from`; a document's end ends it, too. */
function endOf(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"' || text[i] === '\n') return i + 1;
  }
  return text.length + 1;
}

/** What is typed at a place, by what stands before it: the document need not be whole. */
export function typingAt(text: string, at: number): Typing {
  const around: Around[] = [];
  let word = '';
  const described = (quoted?: number): Typing => {
    const path = around.flatMap(({ key }) => (key === undefined ? [] : [key]));
    const inner = around.at(-1);
    return { path, role: inner?.bracket === '{' && inner.key === undefined ? 'key' : 'value', ...(quoted === undefined ? {} : { quoted }) };
  };
  for (let i = 0; i < at; i++) {
    const each = text[i];
    const inner = around.at(-1);
    if (each === '"') {
      const end = endOf(text, i);
      if (end > at) return described(i + 1);
      word = text.slice(i + 1, end - 1);
      i = end - 1;
    } else if (each === '{' || each === '[') around.push({ bracket: each });
    else if (each === '}' || each === ']') around.pop();
    else if (each === ':' && inner) inner.key = word;
    else if (each === ',' && inner?.bracket === '{') delete inner.key;
  }
  return described();
}
