/** What a lost passphrase or a lost machine means, and what can still be done. */
export function Lost() {
  return (
    <ul>
      <li>
        <strong>A lost passphrase can’t be got back</strong>, by nobody, and no backup helps: it opens with
        the same one. Make a new identity in another home, and have everyone compare its words anew.
      </li>
      <li>
        Your key share is not in this home. It is where you keep it, on paper or encrypted, and as good as
        before. Transcripts that were closed stay proven.
      </li>
      <li>
        A ceremony that is under way needs the officer’s laptop: without it the attempt is cancelled and begun
        anew. For a custodian a reserve steps in; a station goes on with a new key.
      </li>
      <li>
        <strong>A lost machine</strong> is put back from a backup, with its passphrase. A backup holds no key
        of a ceremony, and the home that is put back has on record that it was.
      </li>
    </ul>
  );
}
