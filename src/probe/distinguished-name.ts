import { quotable } from './quotable.ts';

/** "CN=db.example.com, O=Example": Node puts each part on a line of its own. Certificates are data from outside. */
export const distinguishedName = (name: string): string => quotable((name ?? '').split('\n').join(', '), [], 120) || 'no name';
