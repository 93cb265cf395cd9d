import { useQuery } from '@tanstack/react-query';
import type { Api } from '../api/client';
import { keys } from '../api/keys';
import { decoded } from '../api/workspace';
import { Page } from '../parts/Page';
import { words } from '../parts/StatePill';
import { Loaded } from '../parts/Waiting';
import { nameOf } from '../workspace/paths';
import { Trail } from '../workspace/Trail';
import { cellsOf } from './document';
import { Cell } from './Cell';

export interface NotebookPageProps {
  /** Of the workspace, from its root. */
  path: string;
  objectId: number;
  /** Of the notebook: PYTHON, SQL, SCALA or R. */
  language: string;
  theme: 'light' | 'dark';
  api: Api;
}

/** A notebook with what its cells put out last, for reading. */
export function NotebookPage({ path, language, api }: NotebookPageProps) {
  const notebook = useQuery({
    queryKey: keys.notebook(path),
    queryFn: async () => {
      const { content } = await api.get<{ content: string }>('/api/2.0/workspace/export', { path, format: 'JUPYTER' });
      return cellsOf(JSON.parse(decoded(content)), language);
    },
  });
  return (
    <Page title={nameOf(path)} crumbs={<Trail path={path} />} state={<small className="dim">{words(language)}</small>}>
      <Loaded query={notebook}>
        {(cells) => (
          <div className="notebook">
            {cells.map((cell, index) => (
              <Cell key={index} cell={cell} number={index + 1} />
            ))}
            {cells.length === 0 && <p className="dim">This notebook has no cells.</p>}
          </div>
        )}
      </Loaded>
    </Page>
  );
}
