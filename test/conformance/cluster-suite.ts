import { describe, expect, test } from 'vitest';
import { call } from './api';
import { type Start, suiteServer } from './suite-server';

export function clusterSuite(start: Start): void {
  describe('about itself', () => {
    const server = suiteServer(start);

    test('tells its health, and what time it is', async () => {
      const { status, headers, json } = await call(server(), 'GET', 'sys/health');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(Math.abs(Date.parse(headers.get('date') ?? '') / 1000 - json.server_time_utc)).toBeLessThan(3);
      expect(json).toEqual({
        initialized: true,
        sealed: false,
        standby: false,
        performance_standby: false,
        replication_performance_mode: 'disabled',
        replication_dr_mode: 'disabled',
        server_time_utc: expect.any(Number),
        version: '1.21.4',
        enterprise: false,
        cluster_name: expect.any(String),
        cluster_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        echo_duration_ms: 0,
        clock_skew_ms: 0,
        replication_primary_canary_age_ms: 0,
      });
    });

    test('tells its health without a body to whom asks for none', async () => {
      expect(await call(server(), 'HEAD', 'sys/health')).toMatchObject({ status: 200, json: null });
    });

    test('tells its seal', async () => {
      const { json } = await call(server(), 'GET', 'sys/seal-status');
      expect(json).toEqual({
        type: 'shamir',
        initialized: true,
        sealed: false,
        t: 3,
        n: 5,
        progress: 0,
        nonce: '',
        version: '1.21.4',
        build_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        migration: false,
        cluster_name: expect.any(String),
        cluster_id: (await call(server(), 'GET', 'sys/health')).json.cluster_id,
        recovery_seal: false,
        storage_type: 'inmem',
      });
    });

    test('is initialized', async () => {
      expect((await call(server(), 'GET', 'sys/init')).json).toEqual({ initialized: true });
      const body = { secret_shares: 5, secret_threshold: 3 };
      expect(await call(server(), 'PUT', 'sys/init', { body })).toMatchObject({
        status: 400,
        json: { errors: ['Vault is already initialized'] },
      });
    });

    test('tells who leads', async () => {
      expect((await call(server(), 'GET', 'sys/leader')).json).toEqual({
        ha_enabled: false,
        is_self: false,
        active_time: '0001-01-01T00:00:00Z',
        leader_address: '',
        leader_cluster_address: '',
        performance_standby: false,
        performance_standby_last_remote_wal: 0,
      });
    });

    test.each(['sys/health', 'sys/seal-status', 'sys/leader'])('lets nobody write to %s', async (path) => {
      for (const method of ['PUT', 'POST', 'DELETE']) {
        expect(await call(server(), method, path)).toMatchObject({ status: 405, json: { errors: [] } });
      }
    });

    test('repeats the namespace it was asked in', async () => {
      const { headers } = await call(server(), 'GET', 'sys/health', {
        headers: { 'X-Vault-Namespace': 'team/a' },
      });
      expect(headers.get('x-vault-namespace')).toBe('team/a');
    });

    test('has no page outside its API', async () => {
      const response = await fetch(`${server().address}/nowhere`);
      expect([response.status, await response.text()]).toEqual([404, '404 page not found\n']);
    });
  });
}
