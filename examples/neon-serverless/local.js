// For the test alone: sends the driver to a double of Neon's service on this machine.
import { neonConfig } from '@neondatabase/serverless';

const service = `localhost:${process.env.NEON_DOUBLE_PORT}`;
neonConfig.fetchEndpoint = `http://${service}/sql`;
neonConfig.wsProxy = `${service}/v2`;
neonConfig.useSecureWebSocket = false;
neonConfig.pipelineConnect = false;
