import type { TaskName } from '../../../../shared/task/task';

/** How a field of a template is filled in. What its values mean is said by `shared/task/read-task.ts`. */
export type FieldKind =
  | { readonly kind: 'line'; readonly mono?: true; readonly short?: true; readonly placeholder?: string }
  | { readonly kind: 'words' | 'duration' | 'count'; readonly placeholder?: string }
  | { readonly kind: 'lines' | 'json'; readonly placeholder: string }
  | { readonly kind: 'flag'; readonly initially: boolean }
  | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly initially: string | null }
  /** A person of the plan. `nobody`: what it means to choose none, where that may be. */
  | { readonly kind: 'person'; readonly nobody?: Option };

interface Option {
  readonly value: string;
  readonly name: string;
  readonly hint: string;
}

export type FieldSpec = FieldKind & {
  readonly field: string;
  readonly label: string;
  /** What to fill in, or what choosing it means. */
  readonly hint: string;
};

export interface Template {
  readonly name: string;
  readonly hint: string;
  readonly fields: readonly FieldSpec[];
}

const about = {
  field: 'about',
  kind: 'line',
  label: 'Description',
  hint: 'One line for whoever reads the plan. May be left empty.',
} as const;

/** What an officer can pick from, in this order. */
export const templates: { readonly [T in Exclude<TaskName, 'revoke-self'>]: Template } = {
  'write-policy': {
    name: 'Write a policy',
    hint: 'What holders of tokens may do, in HCL. One of that name is replaced.',
    fields: [
      { field: 'name', kind: 'line', mono: true, label: 'Name of the policy', hint: 'In lower case.' },
      {
        field: 'policy',
        kind: 'lines',
        label: 'Policy',
        hint: 'Everyone who takes part can read it. Tabs become spaces.',
        placeholder: 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}',
      },
    ],
  },
  'enable-auth': {
    name: 'Enable an auth method',
    hint: 'A way for people or machines to log in, with its configuration.',
    fields: [
      {
        field: 'type',
        kind: 'line',
        mono: true,
        label: 'Kind',
        hint: 'Such as oidc, kubernetes, ldap or approle.',
      },
      {
        field: 'path',
        kind: 'line',
        mono: true,
        label: 'Path',
        hint: 'Where it is reached, below auth/. Left empty: as its kind.',
      },
      about,
      {
        field: 'config',
        kind: 'json',
        label: 'Configuration',
        hint: 'A JSON object, sent to auth/PATH/config right afterwards. No secrets: the plan is kept for years. May be left empty.',
        placeholder: '{"oidc_discovery_url": "https://id.example", "default_role": "reader"}',
      },
      {
        field: 'mount',
        kind: 'json',
        label: 'Settings of the mount',
        hint: 'A JSON object: how long its tokens live, whether it is listed. May be left empty.',
        placeholder: '{"default_lease_ttl": "1h"}',
      },
    ],
  },
  'enable-audit': {
    name: 'Enable an audit device',
    hint: 'Where the server writes down each request. OpenBao takes one from its own configuration file, and mostly refuses this.',
    fields: [
      {
        field: 'type',
        kind: 'choice',
        label: 'Kind',
        hint: '',
        initially: 'file',
        options: [
          { value: 'file', name: 'File', hint: 'On each server. Needs the option file_path.' },
          {
            value: 'syslog',
            name: 'Syslog',
            hint: 'The system’s log of each server. May have facility and tag.',
          },
          {
            value: 'socket',
            name: 'Socket',
            hint: 'Over the network. Needs address, and mostly socket_type.',
          },
        ],
      },
      {
        field: 'path',
        kind: 'line',
        mono: true,
        label: 'Path',
        hint: 'What it is called. Left empty: as its kind.',
      },
      about,
      {
        field: 'options',
        kind: 'json',
        label: 'Options',
        hint: 'A JSON object whose values are all text in double quotes.',
        placeholder: '{"file_path": "/var/log/vault/audit.log"}',
      },
    ],
  },
  'create-token': {
    name: 'Create a limited token',
    hint: 'For one person, with little power and a short life. Instead of keeping a root token.',
    fields: [
      {
        field: 'policies',
        kind: 'words',
        label: 'Policies',
        hint: 'What it may do: names with commas between them. “root” is refused.',
      },
      {
        field: 'withDefault',
        kind: 'flag',
        initially: true,
        label: 'Add the policy “default”',
        hint: 'With it a token may look itself up, renew and revoke itself. Servers add it unless they are told not to.',
      },
      {
        field: 'type',
        kind: 'choice',
        label: 'Type',
        hint: '',
        initially: 'service',
        options: [
          {
            value: 'service',
            name: 'Service token',
            hint: 'The server keeps it, so it can be looked up, renewed and revoked.',
          },
          {
            value: 'batch',
            name: 'Batch token',
            hint: 'The server keeps nothing of it. It can’t be renewed or revoked, and has no limit of uses: it just ends.',
          },
        ],
      },
      {
        field: 'ttl',
        kind: 'duration',
        label: 'How long it lives (TTL)',
        hint: 'Such as 30m, 8h or 2d. Servers cut what is above their own limit, mostly 32 days.',
        placeholder: '8h',
      },
      {
        field: 'renewable',
        kind: 'flag',
        initially: false,
        label: 'It can be renewed',
        hint: 'Before it ends, whoever holds it may ask for that time again.',
      },
      {
        field: 'maxTtl',
        kind: 'duration',
        label: 'Explicit max TTL',
        hint: 'However often it is renewed, it ends then. May be left empty.',
      },
      {
        field: 'period',
        kind: 'duration',
        label: 'Period',
        hint: 'Instead of a TTL: each renewal gives it this long, and there is no last one. For services that go on running. May be left empty.',
      },
      {
        field: 'uses',
        kind: 'count',
        label: 'Limit of uses',
        hint: 'So many requests, and it is dead. Looking it up is one, too. Left empty: no limit.',
      },
      {
        field: 'orphan',
        kind: 'flag',
        initially: true,
        label: 'It goes on living without its parent (orphan)',
        hint: 'Its parent would be this root token, which the last task revokes: what isn’t an orphan dies with it.',
      },
      {
        field: 'name',
        kind: 'line',
        mono: true,
        label: 'Name in logs',
        hint: 'Letters, digits and hyphens. Servers put “token-” before it. May be left empty.',
      },
      {
        field: 'recipient',
        kind: 'person',
        label: 'For whom',
        hint: 'It is sealed to this person, and shown to nobody else.',
      },
    ],
  },
  'revoke-accessor': {
    name: 'Revoke a token by its accessor',
    hint: 'Another token, such as a forgotten root token. Its accessor is no secret.',
    fields: [
      {
        field: 'accessor',
        kind: 'line',
        mono: true,
        label: 'Accessor',
        hint: 'Of the token, and not the token itself.',
      },
      about,
    ],
  },
  'list-root-tokens': {
    name: 'List root tokens',
    hint: 'Which root tokens live on the server. Changes nothing.',
    fields: [],
  },
  request: {
    name: 'Another request',
    hint: 'Any other request, shown as it is. What touches the seal, other attempts or tokens is refused.',
    fields: [
      {
        field: 'method',
        kind: 'choice',
        label: 'Method',
        hint: '',
        initially: 'POST',
        options: [
          { value: 'POST', name: 'POST', hint: 'Writes.' },
          { value: 'PUT', name: 'PUT', hint: 'The same for most paths.' },
          { value: 'GET', name: 'GET', hint: 'Reads.' },
          { value: 'LIST', name: 'LIST', hint: 'Lists what there is below a path.' },
          { value: 'DELETE', name: 'DELETE', hint: 'Removes.' },
        ],
      },
      {
        field: 'path',
        kind: 'line',
        mono: true,
        label: 'Path',
        hint: 'Without the server’s address and /v1/.',
        placeholder: 'sys/mounts/secret',
      },
      {
        field: 'body',
        kind: 'json',
        label: 'Body',
        hint: 'A JSON object. No secrets. May be left empty.',
        placeholder: '{"type": "kv"}',
      },
      about,
      {
        field: 'recipient',
        kind: 'person',
        label: 'For whom the answer is',
        hint: '',
        nobody: {
          value: '',
          name: 'Nobody',
          hint: 'Whether it went well is recorded. The answer is not kept.',
        },
      },
    ],
  },
  'by-hand': {
    name: 'Something done by hand',
    hint: 'A line of text: a person does it with the token, and no station.',
    fields: [{ field: 'text', kind: 'line', label: 'What is done', hint: 'In one line.' }],
  },
};

export type TemplateName = keyof typeof templates;

export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(templates, name);
