import type { Page } from './pages.ts';
export const checkPages = (_pages: readonly Page[], _read: (path: string) => string): string[] => [];
