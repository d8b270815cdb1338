import type { Intercept, Passing } from '../proxy';

/** Accessor of a token that is there where `there` has it. */
export const victim = 'AbCdEfGhIjKlMnOpQrStUvWx';

/**
 * Policies, auth methods and audit devices, which the rehearsal server doesn't have: as much of them as the
 * requests of tasks need, with the answers of a real server.
 */
export function restOfServer(): { readonly intercept: Intercept; readonly there: Map<string, string> } {
  const there = new Map<string, string>();
  const json = (response: Passing['response'], status: number, value: unknown): true => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(value === null ? undefined : JSON.stringify(value));
    return true;
  };
  const intercept: Intercept = ({ request, response, body }) => {
    const path = (request.url ?? '').replace('/v1/', '').replace(/\?.*/, '');
    const writing = request.method === 'POST' || request.method === 'PUT';
    if (path.startsWith('sys/policies/acl/')) {
      if (!writing) {
        const text = there.get(path);
        return text === undefined
          ? json(response, 404, { errors: [] })
          : json(response, 200, { data: JSON.parse(text) as unknown });
      }
      there.set(path, body.toString());
      return json(response, 204, null);
    }
    if (/^auth\/token\/(lookup|revoke)-accessor$/.test(path) && body.toString().includes(victim)) {
      if (path.endsWith('lookup-accessor')) {
        return there.has(victim)
          ? json(response, 200, { data: { accessor: victim, policies: ['default'] } })
          : json(response, 403, { errors: ['invalid accessor'] });
      }
      there.delete(victim);
      return json(response, 204, null);
    }
    if (path === 'sys/auth' || path === 'sys/audit') {
      const mounts = [...there].filter(([name]) => name.startsWith(`${path}/`));
      const data = Object.fromEntries(
        mounts.map(([name, text]) => [`${name.slice(path.length + 1)}/`, JSON.parse(text) as unknown]),
      );
      return json(response, 200, { ...data, data });
    }
    if (/^sys\/(auth|audit)\//.test(path)) {
      if (there.has(path)) {
        const name = path.replace(/^sys\/(auth|audit)\//, '');
        return json(response, 400, { errors: [`path is already in use at ${name}/`] });
      }
      there.set(path, body.toString());
      return json(response, 204, null);
    }
    if (/^auth\/(?!token\/)/.test(path)) {
      there.set(path, body.toString());
      return json(response, 204, null);
    }
    return false;
  };
  return { intercept, there };
}
