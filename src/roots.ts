import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where Linux systems keep their roots in one file: Debian and Alpine, Fedora and RHEL, openSUSE (the list of Go's crypto/x509). */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The public roots, for when no CA was given: Node's bundled ones and the system's, which are to stand in one file.
 *
 * Node's own are read from a file beside the bundle, which the build takes from the Node that runs actions: loading node:tls for them
 * costs a third of a bare Node's start, and asking it for the system's costs more than the whole step.
 *
 * @returns PEM texts; joining them would copy half a megabyte for nothing
 */
export const publicRoots = async (): Promise<Buffer[]> => [bundledRoots(), await systemRoots()];

const bundledRoots = (): Buffer => readFileSync(join(dirname(process.argv[1] ?? ''), 'roots.pem'));

const systemRoots = async (): Promise<Buffer> => {
  // macOS and Windows keep theirs where only the system's own calls reach.
  if (process.platform !== 'linux') return Buffer.from((await import('node:tls')).getCACertificates('system').join('\n'));
  for (const path of SYSTEM_BUNDLES) {
    try {
      return readFileSync(path);
    } catch {
      // Not this kind of Linux, or an image without ca-certificates: the bundled roots remain.
    }
  }
  return Buffer.alloc(0);
};
