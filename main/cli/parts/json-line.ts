/** A value as one line of JSON, for standard output. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;
