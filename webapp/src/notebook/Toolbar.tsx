import { Button, Menu } from '@mantine/core';
import { ChevronDown, List, Play, Square } from 'lucide-react';
import { download, type ExportFormat } from '../api/tree';
import { useDialogs } from '../parts/Dialogs';
import { save } from '../parts/save';
import { nameOf } from '../parts/paths';
import { ShareButton } from '../parts/Share';
import { Trail } from '../parts/Trail';
import { ClusterMenu } from './ClusterMenu';
import { People } from './People';
import { useRoom, useSession } from './room';
import { LANGUAGES, NOTEBOOK_LANGUAGES } from './session/magic';
import { Saved } from './Saved';

/** What concerns the whole notebook. */
export function Toolbar() {
  const { path, objectId, desk } = useRoom();
  const runnable = useSession((view) => view.runnable);
  const editable = useSession((view) => view.editable);
  return (
    <div className="nb-toolbar">
      <button type="button" className="icon-button" aria-label="Table of contents" title="Table of contents" onClick={() => desk.set({ contents: !desk.view.contents })}>
        <List size={16} />
      </button>
      <div className="nb-name">
        <nav aria-label="Breadcrumbs">
          <Trail path={path} />
        </nav>
        <h1>{nameOf(path)}</h1>
      </div>
      <NotebookLanguage />
      <Saved />
      <span className="nb-space" />
      <People />
      {runnable && <ClusterMenu />}
      {runnable && <RunButtons />}
      <ShareButton thing={{ type: 'notebooks', id: String(objectId) }} name={nameOf(path)} />
      {editable && (
        <Button size="xs" variant="default" onClick={() => desk.set({ dialog: 'schedule' })}>
          Schedule
        </Button>
      )}
      <MoreMenu />
    </div>
  );
}

function NotebookLanguage() {
  const { session } = useRoom();
  const language = useSession((view) => view.notebook.language);
  const editable = useSession((view) => view.editable);
  const name = LANGUAGES[language] ?? language;
  if (!editable) return <small className="dim">{name}</small>;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="icon-button" aria-label={`Language of the notebook: ${name}`} title="Language of cells that name none">
          {name} <ChevronDown size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Cells without a magic are in</Menu.Label>
        {NOTEBOOK_LANGUAGES.map((each) => (
          <Menu.Item key={each} disabled={each === language} onClick={() => session.op('notebookLanguage', { language: each })}>
            {LANGUAGES[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function RunButtons() {
  const { actions } = useRoom();
  const busy = useSession(({ notebook }) => [...notebook.cells.values()].filter((cell) => cell.run?.state === 'running' || cell.run?.state === 'queued').length);
  return busy > 0 ? (
    <Button size="xs" variant="default" leftSection={<Square size={11} fill="currentColor" />} onClick={() => actions.interrupt()}>
      Interrupt
    </Button>
  ) : (
    <Button size="xs" leftSection={<Play size={12} fill="currentColor" />} onClick={() => actions.runAll()}>
      Run all
    </Button>
  );
}

const EXTENSIONS: Record<string, string> = { python: '.py', sql: '.sql', scala: '.scala', r: '.r' };

function MoreMenu() {
  const { path, session, desk, actions } = useRoom();
  const { fail } = useDialogs();
  const language = useSession((view) => view.notebook.language);
  const editable = useSession((view) => view.editable);
  const take = async (format: ExportFormat, extension: string) => {
    try {
      await session.texts.settled(session.notebook.order);
      save(await download(path, format), nameOf(path) + extension);
    } catch (failure) {
      fail(failure);
    }
  };
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<ChevronDown size={13} />}>
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => desk.set({ drawer: 'revisions' })}>Revisions</Menu.Item>
        <Menu.Item onClick={() => desk.set({ find: 'replace' })}>Find and replace</Menu.Item>
        {editable && <Menu.Item onClick={() => actions.clear([])}>Clear all outputs</Menu.Item>}
        <Menu.Divider />
        <Menu.Label>Download</Menu.Label>
        <Menu.Item onClick={() => void take('SOURCE', EXTENSIONS[language] ?? '.txt')}>Source ({EXTENSIONS[language]})</Menu.Item>
        <Menu.Item onClick={() => void take('JUPYTER', '.ipynb')}>Jupyter (.ipynb), with outputs</Menu.Item>
        <Menu.Item onClick={() => void take('HTML', '.html')}>HTML, with outputs</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => desk.set({ dialog: 'commands' })}>All commands</Menu.Item>
        <Menu.Item onClick={() => desk.set({ dialog: 'help' })}>Keyboard</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
