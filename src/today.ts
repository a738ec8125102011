/** The day in UTC by this computer's clock, YYYY-MM-DD. Rules warn where their tables are out of date by then. */
export const today = (): string => new Date(Date.now()).toISOString().slice(0, 10);
