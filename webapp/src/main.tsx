import '@mantine/core/styles.css';
import './app/theme.css';
import './app/shell.css';
import './parts/parts.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { begin } from './api/tab';
import { legacyAddress } from './app/legacy';
import { queries } from './app/queries';
import { router } from './app/router';
import { theme } from './app/theme';
import { Dialogs } from './parts/Dialogs';

function leaveHashEra(): void {
  const moved = legacyAddress(location.hash);
  if (moved) router.history.replace(moved);
}
begin();
leaveHashEra();
window.addEventListener('hashchange', leaveHashEra);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Dialogs>
          <RouterProvider router={router} />
        </Dialogs>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
