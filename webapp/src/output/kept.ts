/** For reading what was kept as JSON by whoever: anything unexpected is as if it were not there. */

export const object = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {});

export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
