// The emulator under test, and Stripe's client for it.
import Stripe from 'stripe';

export const base = new URL(process.env.STRIPE_EMULATOR);

export function client(options = {}) {
  return new Stripe('sk_test_node', {
    host: base.hostname,
    port: base.port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    ...options,
  });
}

/** Calls the control API. */
export async function control(path, body = {}) {
  const answer = await fetch(new URL(`/_emulator${path}`, base), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export const order = {
  mode: 'payment',
  success_url: 'http://school.localhost/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://school.localhost/cancel',
  client_reference_id: 'order_1',
  customer_email: 'ana@example.com',
  metadata: { order: '1' },
  payment_intent_data: { metadata: { order: '1' }, transfer_group: 'order_1' },
  line_items: [
    { price_data: { currency: 'eur', unit_amount: 4500, product_data: { name: 'Spanish' } }, quantity: 1 },
  ],
};

export const pay = (session, body) => control(`/checkout/sessions/${session.id}/pay`, body);
