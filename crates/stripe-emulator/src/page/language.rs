//! The page's words in English and Spanish.

use axum::http::HeaderMap;

use crate::payment::{CardField, Decline};

/// All words of the page in one language.
pub struct Language {
    /// BCP 47 tag.
    pub code: &'static str,
    /// Whether numbers are written the Spanish way.
    pub spanish: bool,
    /// Strip at the top.
    pub test_mode: &'static str,
    /// Title of the form: "Pay {merchant}".
    pub pay_to: &'static str,
    /// Heading of the form.
    pub with_card: &'static str,
    /// Total line.
    pub total: &'static str,
    /// "Qty {n}".
    pub quantity: &'static str,
    /// Link to `cancel_url`.
    pub back: &'static str,
    /// Labels.
    pub email: &'static str,
    /// Label of the number.
    pub number: &'static str,
    /// Label of month and year.
    pub expiry: &'static str,
    /// Hint for month and year.
    pub expiry_hint: &'static str,
    /// Label of the security code.
    pub cvc: &'static str,
    /// Label of the holder's name.
    pub name: &'static str,
    /// Button: "Pay {amount}".
    pub pay: &'static str,
    /// Heading of the list of test cards.
    pub test_cards: &'static str,
    /// Below that heading.
    pub test_cards_hint: &'static str,
    /// What the five listed cards do.
    pub effects: [&'static str; 5],
    /// Above a form with wrong fields.
    pub check_fields: &'static str,
    /// Card holder failed 3-D Secure.
    pub not_authenticated: &'static str,
    /// Heading of a paid session.
    pub paid: &'static str,
    /// Below it.
    pub paid_more: &'static str,
    /// Link to `success_url`.
    pub to_merchant: &'static str,
    /// Heading of an expired session.
    pub expired: &'static str,
    /// Below it.
    pub expired_more: &'static str,
    /// Heading of the challenge.
    pub challenge: &'static str,
    /// Below it: "… {amount} …".
    pub challenge_more: &'static str,
    /// Button that passes the challenge.
    pub complete: &'static str,
    /// Button that fails it.
    pub fail: &'static str,
    /// Heading where nothing is.
    pub missing: &'static str,
    /// Below it.
    pub missing_more: &'static str,
    /// Title of a receipt: "Receipt from {merchant}".
    pub receipt: &'static str,
    /// "Paid with {brand} ending in {last4}".
    pub paid_with: &'static str,
    /// "Refunded".
    pub refunded: &'static str,
}

impl Language {
    /// By a session's locale, otherwise by what the browser prefers.
    pub fn of(locale: &str, headers: &HeaderMap) -> &'static Self {
        match locale {
            "" | "auto" => Self::preferred(headers.get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default()),
            tag => Self::tagged(tag).unwrap_or(&ENGLISH),
        }
    }

    fn preferred(accept: &str) -> &'static Self {
        let mut best: (&'static Self, u32) = (&ENGLISH, 0);
        for part in accept.split(',') {
            let mut parts = part.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let weight = parts.find_map(|word| word.strip_prefix("q=")).map_or(1_000, thousandths);
            if let Some(language) = Self::tagged(tag).filter(|_| weight > best.1) {
                best = (language, weight);
            }
        }
        best.0
    }

    fn tagged(tag: &str) -> Option<&'static Self> {
        match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "es" => Some(&SPANISH),
            "en" => Some(&ENGLISH),
            _ => None,
        }
    }

    /// What to write at a wrong field.
    pub fn wrong(&self, field: CardField) -> &'static str {
        match (field, self.spanish) {
            (CardField::Number, false) => "Your card number is not valid.",
            (CardField::Number, true) => "El número de tarjeta no es válido.",
            (CardField::Expiry, false) => "Enter month and year, such as 12/34.",
            (CardField::Expiry, true) => "Introduce mes y año, por ejemplo 12/34.",
            (CardField::Expired, false) => "Your card has expired.",
            (CardField::Expired, true) => "La tarjeta ha caducado.",
            (CardField::Cvc, false) => "Enter the 3 or 4 digits of the security code.",
            (CardField::Cvc, true) => "Introduce los 3 o 4 dígitos del código de seguridad.",
            (CardField::Name, false) => "Enter the name on the card.",
            (CardField::Name, true) => "Introduce el nombre que figura en la tarjeta.",
            (CardField::Email, false) => "Enter an email address, such as ana@example.com.",
            (CardField::Email, true) => "Introduce un correo electrónico, por ejemplo ana@example.com.",
        }
    }

    /// Why a card was declined.
    pub fn declined(&self, decline: &Decline) -> &'static str {
        match (decline.reason.as_deref().unwrap_or(&decline.code), self.spanish) {
            ("insufficient_funds", false) => "Your card has insufficient funds. Try a different card.",
            ("insufficient_funds", true) => "La tarjeta no tiene fondos suficientes. Prueba con otra tarjeta.",
            ("expired_card", false) => "Your card has expired. Try a different card.",
            ("expired_card", true) => "La tarjeta ha caducado. Prueba con otra tarjeta.",
            ("incorrect_cvc", false) => "Your card’s security code is incorrect.",
            ("incorrect_cvc", true) => "El código de seguridad de la tarjeta es incorrecto.",
            ("processing_error", false) => "An error occurred while processing your card. Try again in a little bit.",
            ("processing_error", true) => "Se ha producido un error al procesar la tarjeta. Vuelve a intentarlo dentro de un momento.",
            ("test_mode_live_card", false) => "Your card was declined: only the test cards listed on this page work here.",
            ("test_mode_live_card", true) => "Tarjeta rechazada: aquí solo funcionan las tarjetas de prueba de esta página.",
            (_, false) => "Your card was declined. Try a different card.",
            (_, true) => "Tarjeta rechazada. Prueba con otra tarjeta.",
        }
    }
}

/// `0.8` as 800, without floating point.
fn thousandths(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().unwrap_or(0).min(1) * 1_000 + digits.parse::<u32>().unwrap_or(0)
}

static ENGLISH: Language = Language {
    code: "en",
    spanish: false,
    test_mode: "Test mode: no money moves. Never type a real card here.",
    pay_to: "Pay {}",
    with_card: "Pay with card",
    total: "Total",
    quantity: "Qty {}",
    back: "Back to {}",
    email: "Email",
    number: "Card number",
    expiry: "Expiry date",
    expiry_hint: "MM / YY",
    cvc: "CVC",
    name: "Name on card",
    pay: "Pay {}",
    test_cards: "Test cards",
    test_cards_hint: "Any future date, any three digits.",
    effects: ["Succeeds", "Is declined", "Has insufficient funds", "Asks for 3-D Secure", "Succeeds, then is disputed"],
    check_fields: "Nothing was charged. Check the marked fields.",
    not_authenticated: "Your bank could not confirm that it is you. Try again or use a different card.",
    paid: "Payment complete",
    paid_more: "This payment has been made. There is nothing more to pay.",
    to_merchant: "Return to the merchant",
    expired: "This payment page has expired",
    expired_more: "Nothing was charged. Return to the merchant and start again.",
    challenge: "Confirm it is you",
    challenge_more: "Your bank asks you to confirm a payment of {}.",
    complete: "Complete",
    fail: "Fail",
    missing: "Nothing here",
    missing_more: "This payment page does not exist.",
    receipt: "Receipt from {}",
    paid_with: "Paid with {brand} ending in {last4}",
    refunded: "Refunded",
};

static SPANISH: Language = Language {
    code: "es",
    spanish: true,
    test_mode: "Modo de prueba: no se mueve dinero. No escribas aquí una tarjeta real.",
    pay_to: "Pagar a {}",
    with_card: "Pagar con tarjeta",
    total: "Total",
    quantity: "Cant. {}",
    back: "Volver a {}",
    email: "Correo electrónico",
    number: "Número de tarjeta",
    expiry: "Fecha de caducidad",
    expiry_hint: "MM / AA",
    cvc: "CVC",
    name: "Nombre en la tarjeta",
    pay: "Pagar {}",
    test_cards: "Tarjetas de prueba",
    test_cards_hint: "Cualquier fecha futura y tres dígitos cualesquiera.",
    effects: ["Se acepta", "Se rechaza", "No tiene fondos suficientes", "Pide 3-D Secure", "Se acepta y después se disputa"],
    check_fields: "No se ha cobrado nada. Revisa los campos marcados.",
    not_authenticated: "Tu banco no ha podido confirmar que eres tú. Vuelve a intentarlo o usa otra tarjeta.",
    paid: "Pago completado",
    paid_more: "Este pago ya está hecho. No queda nada por pagar.",
    to_merchant: "Volver al comercio",
    expired: "Esta página de pago ha caducado",
    expired_more: "No se ha cobrado nada. Vuelve al comercio y empieza de nuevo.",
    challenge: "Confirma que eres tú",
    challenge_more: "Tu banco te pide que confirmes un pago de {}.",
    complete: "Completar",
    fail: "Fallar",
    missing: "Aquí no hay nada",
    missing_more: "Esta página de pago no existe.",
    receipt: "Recibo de {}",
    paid_with: "Pagado con {brand} terminada en {last4}",
    refunded: "Reembolsado",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_wins() {
        assert_eq!(Language::preferred("es-MX,es;q=0.9,en;q=0.8").code, "es");
        assert_eq!(Language::preferred("de-DE, en;q=0.5, es;q=0.7").code, "es");
        assert_eq!(Language::preferred("fr").code, "en");
        assert_eq!(Language::preferred("").code, "en");
        assert_eq!(Language::of("es-419", &HeaderMap::new()).code, "es");
        assert_eq!(Language::of("de", &HeaderMap::new()).code, "en");
    }
}
