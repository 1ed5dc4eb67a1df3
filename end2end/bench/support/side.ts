// Whoever serves the page of members.

export interface Side {
  name: string;
  /** Where it serves. */
  url: string;
  /** The path of the members' page. */
  members: string;
  /** The session of the store's Administrator. */
  session: string;
  /** The process that serves. */
  pid: number;
  stop(): Promise<void>;
}
