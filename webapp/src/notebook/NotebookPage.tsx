import { useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { here, type Api } from '../api/client';
import { keys } from '../api/keys';
import { Answering, type Answer } from '../output/asking';
import { tableOf } from '../output/table';
import { WholeResults, type Whole } from '../output/whole';
import { useDialogs } from '../parts/Dialogs';
import { saveFrom } from '../parts/save';
import { Waiting } from '../parts/Waiting';
import { nameOf } from '../parts/paths';
import { CellActions } from './actions';
import { useClusterBeforeRun } from './attachment';
import { Banners } from './Banners';
import { Cells } from './Cells';
import { commandsOf } from './commands';
import { Desk } from './desk';
import type { Command } from './keys';
import './notebook.css';
import { RoomProvider, useDesk, useRoom, useSession, type Room } from './room';
import { Session } from './session/session';
import { wiresOf } from './session/wires';
import { Toolbar } from './Toolbar';
import { useKeys } from './useKeys';

const CommandsDialog = lazy(() => import('./CommandsDialog').then((module) => ({ default: module.CommandsDialog })));
const HelpDialog = lazy(() => import('./HelpDialog').then((module) => ({ default: module.HelpDialog })));
const Widgets = lazy(() => import('./Widgets').then((module) => ({ default: module.Widgets })));
const ScheduleNotebook = lazy(() => import('../jobs/ScheduleNotebook').then((module) => ({ default: module.ScheduleNotebook })));

export interface NotebookPageProps {
  /** Of the workspace, from its root. */
  path: string;
  objectId: number;
  api: Api;
}

/** An open notebook: the server holds it, this page is one view of it. */
export function NotebookPage({ path, objectId, api }: NotebookPageProps) {
  const { fail } = useDialogs();
  const [room] = useState<Room>(() => {
    const session = new Session(wiresOf(objectId, path, api), fail);
    const desk = new Desk();
    return { path, objectId, session, desk, actions: new CellActions(session, desk, fail) };
  });
  useEffect(() => {
    room.session.start();
    return () => room.session.stop();
  }, [room]);
  useEffect(() => {
    document.title = `${nameOf(path)} · Slipway`;
  }, [path]);
  const whole = useMemo<Whole>(() => {
    const address = (result: string) => `/ui-api/notebooks/${objectId}/results/${result}`;
    return {
      download: (result, format, name) => {
        // A refusal is told here; one of the download itself nobody would read.
        api.get(address(result)).then(() => saveFrom(here(`${address(result)}/${format}?name=${encodeURIComponent(name)}`), name), fail);
      },
      rows: async (result, arrangement, signal) => {
        const table = tableOf(await api.post(`${address(result)}/rows`, arrangement, signal));
        if (!table) throw new Error('The answer is no table.');
        return table;
      },
    };
  }, [objectId, api, fail]);
  const answer = useCallback<Answer>((command, text) => api.post(`/ui-api/notebooks/${objectId}/answers`, { command, text }), [objectId, api]);
  return (
    <RoomProvider value={room}>
      <Answering value={answer}>
        <WholeResults value={whole}>
          <Opened />
        </WholeResults>
      </Answering>
    </RoomProvider>
  );
}

function Opened() {
  const room = useRoom();
  const queries = useQueryClient();
  const { tell, fail } = useDialogs();
  const page = useRef<HTMLDivElement>(null);
  const ready = useSession((view) => view.ready);
  const unsent = useSession((view) => view.unsent);
  const widgets = useSession((view) => view.notebook.widgets.length > 0);
  const run = useMemo(() => commandsOf(room, tell, fail), [room, tell, fail]);
  useKeys(page, run);
  useClusterBeforeRun();
  // The workspace's own copies of the text are old as soon as somebody types.
  useEffect(() => () => void queries.invalidateQueries({ queryKey: keys.tree }), [queries]);
  useBlocker({
    shouldBlockFn: async () => {
      const sent = room.session.texts.settled(room.session.notebook.order).then(() => true, () => false);
      const soon = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1500));
      return unsent && !(await Promise.race([sent, soon])) && !window.confirm('Your last changes have not reached the server. Leave and lose them?');
    },
    enableBeforeUnload: () => unsent,
  });
  return (
    <div ref={page} className="nb">
      <Toolbar />
      <Banners />
      <Suspense fallback={<div className="nb-widgets" />}>{widgets && <Widgets />}</Suspense>
      {ready ? <Cells /> : <div className="nb-opening"><Waiting /></div>}
      <Dialog run={run} />
    </div>
  );
}

function Dialog({ run }: { run: (command: Command) => void }) {
  const { path, desk } = useRoom();
  const dialog = useDesk((view) => view.dialog);
  const cluster = useSession((view) => view.notebook.cluster);
  const close = () => desk.set({ dialog: '' });
  return (
    <Suspense fallback={null}>
      {dialog === 'help' && <HelpDialog close={close} />}
      {dialog === 'commands' && <CommandsDialog close={close} run={run} />}
      {dialog === 'schedule' && <ScheduleNotebook path={path} clusterId={cluster || undefined} opened close={close} />}
    </Suspense>
  );
}
