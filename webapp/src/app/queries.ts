import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // A refusal stays a refusal; only an absent server is asked again.
      retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
    },
  },
});
