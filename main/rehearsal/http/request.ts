/** A request, its body read. */
export interface Request {
  readonly method: string;
  /** With its leading slash, percent-encoded as it came; without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** '' where none came. */
  readonly token: string;
  /** What the header names; '' where there is none. */
  readonly namespace: string;
  readonly body: string;
}
