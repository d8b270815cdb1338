import { useRef, useState } from 'react';
import type { ServerView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { SecretField, secretIn } from '../../parts/secret-field';
import { Step } from '../../parts/step';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';
import { PemFile } from './pem-file';
import { Rehearse } from './rehearse';
import { ServerFacts } from './server-facts';

/** Which server this station talks to: the one address that it ever opens a connection to. */
export function Server({ server, onDone }: { readonly server: ServerView; readonly onDone: () => void }) {
  const { settings } = server;
  const [address, setAddress] = useState(settings.address);
  const [namespace, setNamespace] = useState(settings.namespace);
  const [serverName, setServerName] = useState(settings.serverName);
  const [pin, setPin] = useState(settings.pin);
  const [ca, setCa] = useState<string | null>(null);
  const [cert, setCert] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const token = useRef<HTMLInputElement>(null);
  const connect = useCall('server.connect');
  const submit = async () => {
    const typed = secretIn(token);
    const answer = await connect.run({
      address,
      namespace,
      serverName,
      pin,
      caPem: ca,
      clientCertPem: cert,
      clientKeyPem: key,
      token: typed.length === 0 ? null : typed,
    });
    if (answer.ok) onDone();
  };
  return (
    <Step
      title="Which server?"
      lead="This station opens connections to this one address, and to nothing else. The windows have no network at all."
      aside={
        server.facts === null ? (
          <>
            <Card title="What happens next">
              <ul>
                <li>The server is asked who it is. Nothing is changed there.</li>
                <li>This station shows a code, by which the officer’s laptop learns of the server.</li>
                <li>The attempt begins with the officer’s start, and only when you press for it.</li>
              </ul>
            </Card>
            <Rehearse onBegun={onDone} />
          </>
        ) : (
          <ServerFacts server={server} />
        )
      }
    >
      <Form onSubmit={() => void submit()}>
        <TextField
          label="Address"
          hint="As VAULT_ADDR or BAO_ADDR has it. For example: https://vault.example:8200"
          value={address}
          onChange={setAddress}
          maxLength={300}
        />
        <PemFile
          label="The CA that vouches for the server’s certificate"
          hint={
            settings.ca ? 'One is set already. Another may be chosen.' : 'Left out, the system’s own count.'
          }
          onText={setCa}
        />
        <SecretField
          label="Server token, where the server wants one"
          hint={
            settings.token
              ? 'One is set already by the environment. Left empty, that one is used.'
              : 'Kept in memory only, until you lock. Most Vault servers want none for this; OpenBao 2.6 and later do.'
          }
          field={token}
        />
        <More title="Namespace, pin, client certificate">
          <TextField label="Namespace" value={namespace} onChange={setNamespace} maxLength={300} />
          <TextField
            label="Pin"
            hint="SHA-256 of the server’s certificate, 64 hex digits: any other certificate is refused, whoever vouches for it."
            value={pin}
            onChange={setPin}
            maxLength={200}
            mono
          />
          <TextField
            label="Name in the certificate"
            hint="Where it is another than the address’s."
            value={serverName}
            onChange={setServerName}
            maxLength={300}
          />
          <PemFile
            label="Client certificate"
            hint={settings.clientCert ? 'One is set already.' : 'Where the server asks for one.'}
            onText={setCert}
          />
          <PemFile
            label="Key of the client certificate"
            hint="In PEM, without a passphrase."
            onText={setKey}
          />
        </More>
        <Foot>
          <Button submit busy={connect.busy}>
            {connect.busy ? 'Asking the server…' : 'Ask the server'}
          </Button>
          {server.facts === null ? null : (
            <Button kind="quiet" onPress={onDone}>
              Back
            </Button>
          )}
          <Problem text={connect.problem} />
        </Foot>
      </Form>
    </Step>
  );
}
