import { createContext, useContext } from 'react';

/** A cell waits for somebody to type a text: `application/vnd.slipway.question+json` of the driver protocol. */
export interface Asked {
  prompt: string;
  hidden: boolean;
  command: string;
}

export function askedOf(value: unknown): Asked | undefined {
  const { prompt, hidden, command } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return typeof command === 'string' ? { prompt: typeof prompt === 'string' ? prompt : '', hidden: hidden === true, command } : undefined;
}

/** Hands a text over to the command that asks for it; fails if it does not wait any more. */
export type Answer = (command: string, text: string) => Promise<unknown>;

const Context = createContext<Answer | undefined>(undefined);

export const Answering = Context.Provider;

/** Undefined where nobody can be told: outside an open notebook. */
export const useAnswer = () => useContext(Context);
