import { describe } from 'vitest';
import type { ApiName } from '../../main/rehearsal/generation';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { describeVault121 } from '../real/describe-real';
import { describeOpenBao, startOpenBao } from '../real/openbao';
import type { OpenBaoVersion } from '../real/openbao-program';
import { startInRecoveryMode } from '../real/openbao-recovery';
import { startRealVault } from '../real/real-vault';
import { namespaceSuite } from './namespace-suite';
import { openBaoSuite, recoverySuite } from './openbao-suite';
import type { Start } from './suite-server';
import { WAYS } from './way';
import { waySuite } from './way-suite';

const rehearsed =
  (api: ApiName): Start =>
  () =>
    startRehearsalServer({ listen: '127.0.0.1:0', shares: 5, threshold: 3, api });

const real =
  (version: OpenBaoVersion, listener: object = {}): Start =>
  async () => {
    const server = await startOpenBao(version, { shares: 5, threshold: 3, listener });
    return { ...server, otpLength: 26 };
  };
const OPEN = { disable_unauthed_generate_root_endpoints: false };

describe('the rehearsal server', () => {
  describe('like vault', () => waySuite(rehearsed('vault'), WAYS.vault));
  describe('like vault-token', () => waySuite(rehearsed('vault-token'), WAYS['vault-token']));
  describe('like openbao', () => {
    waySuite(rehearsed('openbao'), WAYS['openbao, with a token']);
    namespaceSuite(rehearsed('openbao'));
    openBaoSuite(rehearsed('openbao'), '2.7.2', 'off');
  });
  describe('like openbao-open', () => {
    waySuite(rehearsed('openbao-open'), WAYS['openbao, open']);
    waySuite(rehearsed('openbao-open'), WAYS['openbao, with a token']);
    openBaoSuite(rehearsed('openbao-open'), '2.7.2', 'on');
  });
  describe('like dr', () => waySuite(rehearsed('dr'), WAYS.dr));
  describe('like recovery', () => {
    waySuite(rehearsed('recovery'), WAYS.recovery);
    recoverySuite(rehearsed('recovery'));
  });
});

describeVault121('a real Vault', () => waySuite(() => startRealVault(), WAYS.vault));

await describeOpenBao('a real server', (version) => {
  describe('like openbao', () => {
    waySuite(real(version), WAYS['openbao, with a token']);
    namespaceSuite(real(version));
    openBaoSuite(real(version), version, 'off');
  });
  describe('like openbao-open', () => {
    waySuite(real(version, OPEN), WAYS['openbao, open']);
    waySuite(real(version, OPEN), WAYS['openbao, with a token']);
    openBaoSuite(real(version, OPEN), version, 'on');
  });
  describe('like recovery', () => {
    const start = async () => ({ ...(await startInRecoveryMode(version)), otpLength: 28 });
    waySuite(start, version === '2.6.2' ? WAYS['recovery, of 2.6'] : WAYS.recovery);
    recoverySuite(start);
  });
});
