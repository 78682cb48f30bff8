import { defineConfig } from 'prisma/config';

// Migrations take the direct URL, where there is one.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  datasource: { url: process.env.DIRECT_URL ?? process.env.DATABASE_URL ?? '' },
});
