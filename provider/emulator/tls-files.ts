/** A certificate and its key, each as PEM text. */
export interface TlsFiles {
  /** The certificate, with those between it and its authority after it, if any. */
  readonly cert: string;
  /** The certificate's private key. */
  readonly key: string;
}
