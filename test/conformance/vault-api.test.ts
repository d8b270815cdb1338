import { describe } from 'vitest';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { describeVault121 } from '../real/describe-real';
import { startRealVault } from '../real/real-vault';
import { attemptSuite } from './attempt-suite';
import { clusterSuite } from './cluster-suite';
import { malformedSuite } from './malformed-suite';
import { pgpKeySuite } from './pgp-key-suite';
import { pgpSuite } from './pgp-suite';
import { tokenSuite } from './token-suite';

const suites = [clusterSuite, attemptSuite, pgpSuite, pgpKeySuite, tokenSuite, malformedSuite];

describe('the rehearsal server', () => {
  const start = () =>
    startRehearsalServer({ listen: '127.0.0.1:0', shares: 5, threshold: 3, tokenFormat: 'hvs' });
  for (const suite of suites) suite(start);
});

describeVault121('a real Vault', () => {
  for (const suite of suites) suite(() => startRealVault());
});
