// Stripe's client for Node.js against the emulator, without any change to it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { client, control, order, pay } from './emulator.js';

const stripe = client();

test('checkout, payment, refund', async () => {
  const session = await stripe.checkout.sessions.create(order);
  assert.equal(session.status, 'open');
  assert.equal((await pay(session)).outcome, 'paid');
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge.balance_transaction', 'line_items'],
  });
  assert.equal(paid.payment_status, 'paid');
  assert.equal(paid.line_items.data[0].description, 'Spanish');
  const charge = paid.payment_intent.latest_charge;
  assert.equal(charge.balance_transaction.fee, 88);

  const refund = await stripe.refunds.create({ payment_intent: paid.payment_intent.id, amount: 1000 });
  assert.equal(refund.status, 'succeeded');
  await assert.rejects(stripe.refunds.create({ charge: charge.id, amount: 4000 }), {
    type: 'StripeInvalidRequestError',
    param: 'amount',
  });
  assert.equal((await stripe.charges.retrieve(charge.id)).amount_refunded, 1000);
  assert.equal((await stripe.balanceTransactions.list({ source: charge.id })).data.length, 1);
  assert.ok((await stripe.balance.retrieve()).pending.length > 0);
});

test('idempotency keys', async () => {
  const first = await stripe.customers.create({ name: 'Ana' }, { idempotencyKey: 'node_1' });
  const again = await stripe.customers.create({ name: 'Ana' }, { idempotencyKey: 'node_1' });
  assert.equal(again.id, first.id);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  await assert.rejects(stripe.customers.create({ name: 'Eva' }, { idempotencyKey: 'node_1' }), {
    type: 'StripeIdempotencyError',
  });
});

test('the client repeats a lost request without doing the work twice', async () => {
  const patient = client({ maxNetworkRetries: 2 });
  await control('/faults', { kind: 'timeout_after_success', method: 'POST', path: '/v1/customers' });
  const customer = await patient.customers.create({ name: 'Once', email: 'once@example.com' });
  assert.equal(customer.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal((await stripe.customers.list({ email: 'once@example.com' })).data.length, 1);
});

test('lists page by themselves', async () => {
  const email = 'page@example.com';
  for (let n = 0; n < 5; n += 1) await stripe.customers.create({ email, name: `${n}` });
  const names = [];
  for await (const customer of stripe.customers.list({ email, limit: 2 })) names.push(customer.name);
  assert.deepEqual(names, ['4', '3', '2', '1', '0']);
});

test('errors have the client’s types', async () => {
  await assert.rejects(stripe.charges.retrieve('ch_none'), { type: 'StripeInvalidRequestError', code: 'resource_missing' });
  const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'eur' });
  await assert.rejects(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' }), {
    type: 'StripeCardError',
    decline_code: 'generic_decline',
  });
  assert.equal((await stripe.paymentIntents.cancel(intent.id)).status, 'canceled');
});

test('webhooks pass the client’s check of their signature', async () => {
  const inbox = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      inbox.push({ body, signature: request.headers['stripe-signature'] });
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${server.address().port}/hook`,
    enabled_events: ['checkout.session.expired'],
  });
  const session = await stripe.checkout.sessions.create(order);
  await stripe.checkout.sessions.expire(session.id);
  await control('/webhooks/settle');
  assert.equal(inbox.length, 1);
  const event = stripe.webhooks.constructEvent(inbox[0].body, inbox[0].signature, endpoint.secret);
  assert.equal(event.data.object.id, session.id);
  assert.throws(() => stripe.webhooks.constructEvent(`${inbox[0].body} `, inbox[0].signature, endpoint.secret));
  await stripe.webhookEndpoints.del(endpoint.id);
  server.close();
});
