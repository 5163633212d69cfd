//! Currencies and their minor units (ISO 4217).

use serde::{Deserialize, Serialize};

macro_rules! currencies {
    ($($code:ident $exponent:literal),* $(,)?) => {
        /// A currency, by its ISO 4217 code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type))]
        #[cfg_attr(feature = "sqlx", sqlx(type_name = "text", rename_all = "UPPERCASE"))]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Currency {
            $(
                #[doc = concat!("ISO 4217 ", stringify!($code), ", with this many decimals: ", stringify!($exponent))]
                $code,
            )*
        }

        impl Currency {
            /// Every supported currency.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The ISO 4217 code in capitals.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$code => concat_upper!($code),)* }
            }

            /// Decimals of the minor unit: 2 for GBP, 0 for JPY, 3 for KWD.
            pub const fn exponent(self) -> u32 {
                match self { $(Self::$code => $exponent,)* }
            }
        }

        impl std::str::FromStr for Currency {
            type Err = UnknownCurrency;
            fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
                Self::ALL.iter().copied().find(|c| c.code().eq_ignore_ascii_case(text)).ok_or(UnknownCurrency)
            }
        }
    };
}

macro_rules! concat_upper {
    (Eur) => {
        "EUR"
    };
    (Gbp) => {
        "GBP"
    };
    (Usd) => {
        "USD"
    };
    (Jpy) => {
        "JPY"
    };
    (Kwd) => {
        "KWD"
    };
    (Chf) => {
        "CHF"
    };
    (Sek) => {
        "SEK"
    };
    (Pln) => {
        "PLN"
    };
    (Cad) => {
        "CAD"
    };
    (Aud) => {
        "AUD"
    };
    (Mxn) => {
        "MXN"
    };
    (Inr) => {
        "INR"
    };
    (Brl) => {
        "BRL"
    };
    (Nok) => {
        "NOK"
    };
    (Dkk) => {
        "DKK"
    };
    (Czk) => {
        "CZK"
    };
}

currencies! {
    Eur 2, Gbp 2, Usd 2, Jpy 0, Kwd 3, Chf 2, Sek 2, Pln 2,
    Cad 2, Aud 2, Mxn 2, Inr 2, Brl 2, Nok 2, Dkk 2, Czk 2,
}

/// The code names no supported currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown currency")]
pub struct UnknownCurrency;

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Currency {
    /// The least that a card is charged, in minor units: Stripe's table, and half a unit where it
    /// names no figure. <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>
    pub const fn least_charge(self) -> i64 {
        match self {
            Self::Gbp => 30,
            Self::Eur | Self::Usd | Self::Chf | Self::Cad | Self::Aud | Self::Inr | Self::Brl | Self::Jpy => 50,
            Self::Pln => 200,
            Self::Dkk => 250,
            Self::Sek | Self::Nok => 300,
            Self::Kwd => 500,
            Self::Mxn => 1_000,
            Self::Czk => 1_500,
        }
    }

    /// Amounts are multiples of this many minor units: Stripe takes tens where the minor unit has
    /// three decimals. <https://docs.stripe.com/currencies#three-decimal>
    pub const fn step(self) -> i64 {
        if self.exponent() == 3 { 10 } else { 1 }
    }
}

/// The most that a card is charged, in minor units of any currency: eight digits, says Stripe.
pub const MOST_CHARGED: i64 = 99_999_999;
