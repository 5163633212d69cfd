// An OpenID Connect provider by its reference library: whoever types a login is that person. It takes any school's
// address to come back to, so that every test can have a school of its own.
import Provider from "oidc-provider";

const issuer = process.env.WEMASTER_ISSUER;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "wemaster",
      client_secret: "a secret of the tests",
      redirect_uris: ["http://northside.localhost/sign-in/elsewhere/back/"],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true, methods: ["S256"] },
  cookies: { keys: ["of the tests"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@elsewhere.example`, email_verified: true, name: id.replaceAll(".", " ") }),
  }),
});
provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/[a-z0-9-]+\.localhost:\d+\/sign-in\/elsewhere\/back\/[0-9a-f-]{36}$/.test(uri);
const { hostname, port } = new URL(issuer);
provider.listen(Number(port), hostname);
