// A real OpenID Connect provider, as a company has one, for the tests: people who sign in with any password, and a program with a secret.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const port = Number(process.env.PORT);
const issuer = `http://localhost:${port}`;

/** Who can sign in. Mallory shows Ann's address, and Bob's was never verified. */
const people = {
  ann: { email: 'ann.idp@example.com', email_verified: true, name: 'Ann Example', groups: ['engineers', 'admins'] },
  mallory: { email: 'ann.idp@example.com', email_verified: true, name: 'Mallory' },
  bob: { email: 'bob.idp@example.com', email_verified: false, name: 'Bob' },
};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'slipway',
      client_secret: process.env.CLIENT_SECRET,
      redirect_uris: [`${process.env.BACK}/sign-in`],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
    { client_id: 'job', client_secret: 'of the job', redirect_uris: [], grant_types: ['client_credentials'], response_types: [] },
  ],
  jwks: { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only for tests'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  // What a program asks for is a signed token for this audience.
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (context, resource) => ({ scope: 'all', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
    },
  },
  extraTokenClaims: () => ({ acts_for: 'admin@slipway.local' }),
  ttl: { ClientCredentials: 600 },
});

createServer(provider.callback()).listen(port, 'localhost', () => console.log(`ready ${issuer}`));
