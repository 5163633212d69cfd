//! Stripe's test cards: <https://docs.stripe.com/testing>.

/// What a card does when it is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Pays.
    Approve,
    /// Does not pay.
    Decline(Decline),
    /// Pays once its holder has passed 3-D Secure.
    Challenge,
    /// Pays, and its holder disputes it at once.
    Dispute,
}

/// Why a card did not pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// Stripe's error code.
    pub code: String,
    /// The issuer's reason, where Stripe shows one.
    pub reason: Option<String>,
    /// English text of the API.
    pub message: String,
}

impl Decline {
    fn new(code: &str, reason: Option<&str>, message: &str) -> Self {
        Self { code: code.to_owned(), reason: reason.map(str::to_owned), message: message.to_owned() }
    }
}

/// The cards that the payment page lists: accepted, declined, without money,
/// 3-D Secure, disputed.
pub fn listed() -> [&'static str; 5] {
    ["4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 9995", "4000 0025 0000 3155", "4000 0000 0000 0259"]
}

/// What the card with this number (digits only) does.
pub fn behaviour(number: &str) -> Behaviour {
    let declined = |decline: &str| Behaviour::Decline(Decline::new("card_declined", Some(decline), "Your card was declined."));
    match number {
        "4242424242424242" | "4000056655665556" | "5555555555554444" | "5200828282828210" | "378282246310005" | "6011111111111117" => {
            Behaviour::Approve
        }
        "4000002500003155" | "4000002760003184" | "4000000000003220" => Behaviour::Challenge,
        "4000000000000259" => Behaviour::Dispute,
        "4000000000000002" => declined("generic_decline"),
        "4000000000009995" => {
            Behaviour::Decline(Decline::new("card_declined", Some("insufficient_funds"), "Your card has insufficient funds."))
        }
        "4000000000009987" => declined("lost_card"),
        "4000000000009979" => declined("stolen_card"),
        "4000000000000069" => Behaviour::Decline(Decline::new("expired_card", None, "Your card has expired.")),
        "4000000000000127" => Behaviour::Decline(Decline::new("incorrect_cvc", None, "Your card's security code is incorrect.")),
        "4000000000000119" => Behaviour::Decline(Decline::new(
            "processing_error",
            None,
            "An error occurred while processing your card. Try again in a little bit.",
        )),
        _ => Behaviour::Decline(Decline::new(
            "card_declined",
            Some("test_mode_live_card"),
            "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
        )),
    }
}

/// The card behind one of Stripe's test payment methods (`pm_card_visa`, …).
pub fn of_method(name: &str) -> Option<&'static str> {
    Some(match name {
        "pm_card_visa" => "4242424242424242",
        "pm_card_mastercard" => "5555555555554444",
        "pm_card_amex" => "378282246310005",
        "pm_card_visa_chargeDeclined" | "pm_card_chargeDeclined" => "4000000000000002",
        "pm_card_visa_chargeDeclinedInsufficientFunds" | "pm_card_chargeDeclinedInsufficientFunds" => "4000000000009995",
        "pm_card_authenticationRequired" | "pm_card_threeDSecure2Required" => "4000002500003155",
        "pm_card_createDispute" => "4000000000000259",
        _ => return None,
    })
}
