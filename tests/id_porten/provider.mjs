// A stand-in for ID-porten: the certified provider of npm, with ID-porten's demands, levels and claims.
// Everything about the client comes as JSON on the first line of stdin; the port is written to stdout.
// Under /control a test says who can be chosen, and how the next ID tokens are to be spoiled.
import { createHash, createPublicKey, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { CompactSign, SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import Provider, { errors } from "oidc-provider";

const LEVELS = ["idporten-loa-high", "idporten-loa-substantial"];
const LONGEST_ASSERTION = 120;

const [line] = await new Promise((said) => createInterface({ input: process.stdin }).once("line", (text) => said([text])));
const client = JSON.parse(line);
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const stranger = await generateKeyPair("RS256");
const jwk = { ...(await exportJWK(privateKey)), kid: "provider-1", use: "sig", alg: "RS256" };

const control = { people: [], spoil: null, posted: [] };

const signed = (claims, header = {}, key = privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: jwk.kid, ...header }).sign(key);
const without = (claims, name) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
const publicPem = createPublicKey(await crypto.subtle.exportKey("jwk", privateKey).then((key) => ({ key, format: "jwk" })))
  .export({ type: "spki", format: "pem" });

const SPOILED = {
  nonce: (claims) => signed({ ...claims, nonce: "another" }),
  "no nonce": (claims) => signed(without(claims, "nonce")),
  aud: (claims) => signed({ ...claims, aud: "another" }),
  "aud of two": (claims) => signed({ ...claims, aud: [claims.aud, "another"] }),
  azp: (claims) => signed({ ...claims, azp: "another" }),
  iss: (claims) => signed({ ...claims, iss: "http://127.0.0.1:1" }),
  exp: (claims) => signed({ ...claims, exp: claims.iat - 60 }),
  "no exp": (claims) => signed(without(claims, "exp")),
  "iat long ago": (claims) => signed({ ...claims, iat: claims.iat - 3600 }),
  "iat to come": (claims) => signed({ ...claims, iat: claims.iat + 3600 }),
  "alg none": (claims) => new UnsecuredJWT(claims).encode(),
  "alg HS256": (claims) =>
    new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: "HS256", kid: jwk.kid })
      .sign(Buffer.from(publicPem)),
  "alg PS256": async (claims) => {
    const key = await crypto.subtle.importKey("jwk", { ...without(jwk, "alg"), use: undefined },
      { name: "RSA-PSS", hash: "SHA-256" }, false, ["sign"]);
    return signed(claims, { alg: "PS256" }, key);
  },
  "acr substantial": (claims) => signed({ ...claims, acr: LEVELS[1] }),
  "no acr": (claims) => signed(without(claims, "acr")),
  "no pid": (claims) => signed(without(claims, "pid")),
  "pid of letters": (claims) => signed({ ...claims, pid: "0123456789x" }),
  signature: (claims) => signed(claims, {}, stranger.privateKey),
  payload: async (claims, token) => {
    const [header, , signature] = token.split(".");
    return [header, Buffer.from(JSON.stringify({ ...claims, pid: "01010100000" })).toString("base64url"), signature].join(".");
  },
  kid: (claims) => signed(claims, { kid: "unknown" }),
  "no kid": (claims) => signed(claims, { kid: undefined }),
  "no token": () => undefined,
};

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: client.client_id,
    jwks: { keys: [client.key] },
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: client.key.alg,
    redirect_uris: [`${client.base_url}/login/idporten/callback`],
    post_logout_redirect_uris: [`${client.base_url}/login?done=signed-out`],
    backchannel_logout_uri: `${client.base_url}/login/idporten/backchannel`,
    backchannel_logout_session_required: true,
    require_pushed_authorization_requests: true,
    response_types: ["code"],
    grant_types: ["authorization_code"],
    subject_type: "pairwise",
  }],
  jwks: { keys: [jwk] },
  cookies: { keys: [randomUUID()] },
  clientAuthMethods: ["private_key_jwt"],
  subjectTypes: ["pairwise"],
  pairwiseIdentifier: (ctx, id, { clientId }) => createHash("sha256").update(`${clientId} ${id}`).digest("hex"),
  acrValues: LEVELS,
  claims: { openid: ["sub", "pid"], acr: null, sid: null, auth_time: null, iss: null },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  assertJwtClientAuthClaimsAndHeader: (ctx, claims, header) => {
    if (!header.kid) throw new errors.InvalidClientAuth("the assertion must name its key");
    if (claims.exp - claims.iat > LONGEST_ASSERTION) throw new errors.InvalidClientAuth("the assertion lives too long");
    if (claims.aud !== issuer) throw new errors.InvalidClientAuth("the assertion must be for the issuer alone");
  },
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page("Logg ut av ID-porten", `${form}<button form="op.logoutForm" name="logout" value="yes">Ja, logg ut</button>`);
      },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, pid: /^\d{11}$/.test(id) ? id : undefined }) }),
  loadExistingGrant: async (ctx) => {
    const { client: { clientId }, session: { accountId } } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId, accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  // Its own dispatcher calls no address of this machine, where our client is.
  fetch: (url, { dispatcher, ...options }) => {
    control.posted.push({ url: String(url), body: String(options.body) });
    return globalThis.fetch(url, options);
  },
  ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 60, IdToken: 120 },
});

function page(title, inside) {
  return `<!doctype html><html lang="nb"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${inside}</html>`;
}

function choosing(uid, asked) {
  const people = control.people.map(({ id, name }) =>
    `<p><label><input type="radio" name="person" value="${id}" required> ${name}</label></p>`);
  const levels = LEVELS.map((level) => `<option>${level}</option>`);
  return page("ID-porten til prøve", `<p>${asked.acr_values} ${asked.ui_locales}</p><form method="post" action="/interaction/${uid}">
    ${people.join("")}<p><label>Nivå <select name="level">${levels.join("")}</select></label></p>
    <button>Logg på</button> <button name="cancel" value="yes" formnovalidate>Avbryt</button></form>`);
}

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function interact(ctx) {
  const { uid, params } = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === "GET") return choosing(uid, params);
  const said = new URLSearchParams(await body(ctx.req));
  const result = said.get("cancel")
    ? { error: "access_denied", error_description: "the person cancelled" }
    : { login: { accountId: said.get("person"), acr: said.get("level") } };
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
}

async function controlled(ctx) {
  if (ctx.method === "POST") Object.assign(control, JSON.parse(await body(ctx.req)));
  return control;
}

async function leaveElsewhere(ctx) {
  const { sid, person } = JSON.parse(await body(ctx.req));
  const known = await provider.Client.find(client.client_id);
  const failure = await known.backchannelLogout(person, sid).then(() => null, (problem) => problem.message);
  return { failure, logout_token: new URLSearchParams(control.posted.at(-1).body).get("logout_token") };
}

async function resigned(ctx) {
  const { claims, header } = JSON.parse(await body(ctx.req));
  return { token: await signed(claims, header) };
}

provider.use(async (ctx, next) => {
  const own = { "/control": controlled, "/control/leave": leaveElsewhere, "/control/sign": resigned };
  if (ctx.path in own) ctx.body = await own[ctx.path](ctx);
  else if (ctx.path.startsWith("/interaction/")) ctx.body = (await interact(ctx)) ?? null;
  else if (ctx.path === "/frame") ctx.body = page("Logger ut", `<iframe title="Medvirk" src="${ctx.query.src}"></iframe>`);
  else {
    await next();
    if (ctx.oidc?.route === "token" && ctx.body?.id_token && control.spoil) {
      const token = ctx.body.id_token;
      ctx.body = { ...ctx.body, id_token: await SPOILED[control.spoil](decodeJwt(token), token) };
    }
  }
});

server.on("request", provider.callback());
process.stdin.on("end", () => process.exit(0));
process.stdout.write(`${JSON.stringify({ issuer, spoiled: Object.keys(SPOILED) })}\n`);
