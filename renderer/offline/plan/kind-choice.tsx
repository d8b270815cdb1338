import type { PlanDraft } from '../../../shared/ceremony/plan';
import type { ServerView } from '../../../shared/ipc/view/ceremony';
import {
  sentenceCase,
  TOKEN_KINDS,
  tokenKindSentence,
  tokenKindWords,
} from '../../../shared/token/token-kind';
import { Choice } from '../../parts/choice';

export interface KindChoiceProps {
  readonly draft: PlanDraft;
  readonly server: ServerView;
  readonly onChange: (change: Partial<PlanDraft>) => void;
}

/**
 * What the shares make. A server makes one kind, by the mode that it runs in: where its station has said that
 * it makes root tokens, there is nothing to choose.
 */
export function KindChoice({ draft, server, onChange }: KindChoiceProps) {
  const made = server.tokenKind ?? 'root';
  if (server.station !== null && made === 'root' && draft.tokenKind === 'root') return null;
  return (
    <Choice
      label="Which token the shares make"
      options={TOKEN_KINDS.map((kind) => ({
        value: kind,
        name: sentenceCase(tokenKindWords(kind).name),
        hint: tokenKindSentence(kind, server.namespace),
      }))}
      value={draft.tokenKind}
      onChange={(tokenKind) => onChange({ tokenKind })}
    />
  );
}
