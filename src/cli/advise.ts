import type { Run } from './commands';
export const run: Run = () => Promise.resolve(0);
