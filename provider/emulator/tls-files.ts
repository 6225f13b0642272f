/** A certificate and its key, each as PEM text. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}
