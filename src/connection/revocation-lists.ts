/** Every revocation list of a PEM text: of one text, Node reads the first and leaves the rest. */
export function revocationLists(pem: string): string[] {
  return pem.match(/-----BEGIN X509 CRL-----[\s\S]*?-----END X509 CRL-----/g) ?? [];
}
