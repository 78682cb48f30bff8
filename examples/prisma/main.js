import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
const [row] = await prisma.$queryRaw`
  select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`;
console.log(JSON.stringify(row));
await prisma.$disconnect();
