//! A brand colour, and whether it can be seen and read.

use std::{fmt, str::FromStr};

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// The text is not `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a colour")]
pub struct NotAColour;

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit())).ok_or(NotAColour)?;
        let rgb = u32::from_str_radix(hex, 16).map_err(|_| NotAColour)?;
        let [_, red, green, blue] = rgb.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Colour {
    /// The page in the light theme.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// Text on a light colour.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };

    /// How far two colours stand apart: WCAG's contrast ratio in hundredths, 100 to 2100.
    pub fn contrast(self, other: Self) -> u32 {
        let (a, b) = (self.luminance(), other.luminance());
        // (lighter + 0.05) / (darker + 0.05)
        (a.max(b) + UNIT / 20) * 100 / (a.min(b) + UNIT / 20)
    }

    /// The text that is easier to read on this colour: white or black. Its contrast is never
    /// below 4.5.
    #[must_use]
    pub fn text_on(self) -> Self {
        if self.contrast(Self::WHITE) >= 450 { Self::WHITE } else { Self::BLACK }
    }

    /// The nearest darker shade whose contrast to a white page is at least this, in hundredths (up to 2100); the colour
    /// itself where it suffices.
    #[must_use]
    pub fn darkened(self, contrast: u32) -> Self {
        let shade = |part: u16| {
            let channel = |channel: u8| u8::try_from(u16::from(channel) * part / 255).unwrap_or(channel);
            Self { red: channel(self.red), green: channel(self.green), blue: channel(self.blue) }
        };
        (0..=255).rev().map(shade).find(|shade| shade.contrast(Self::WHITE) >= contrast).unwrap_or(Self::BLACK)
    }

    /// WCAG's relative luminance, in parts of [`UNIT`].
    fn luminance(self) -> u32 {
        (linear(self.red) * 2126 + linear(self.green) * 7152 + linear(self.blue) * 722) / 10_000
    }
}

/// The luminance of white.
const UNIT: u32 = 100_000;

/// The light of one channel, from sRGB's curve.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "colours are not money, and 0 to 1 fits"
)]
fn linear(channel: u8) -> u32 {
    let value = f64::from(channel) / 255.0;
    let light = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
    (light * f64::from(UNIT)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        assert_eq!(colour("#1F7a4D").to_string(), "#1f7a4d");
        for bad in ["", "1f7a4d", "#1f7a4", "#1f7a4dd", "#gggggg", "#+f7a4d", "green"] {
            assert_eq!(bad.parse::<Colour>(), Err(NotAColour), "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(Colour::WHITE.contrast(Colour::BLACK), 2100);
        assert_eq!(colour("#777777").contrast(Colour::WHITE), 447);
        assert_eq!(colour("#767676").contrast(Colour::WHITE), 454);
        assert_eq!(colour("#227755").contrast(colour("#227755")), 100);
    }

    #[test]
    fn a_darker_shade_is_no_darker_than_it_must_be() {
        for (pale, wanted, repaired) in
            [("#ffd54a", 300, "#af9232"), ("#1f7a4d", 300, "#1f7a4d"), ("#ffffff", 450, "#767676"), ("#123456", 2100, "#000000")]
        {
            let shade = colour(pale).darkened(wanted);
            assert_eq!(shade.to_string(), repaired);
            assert!(shade.contrast(Colour::WHITE) >= wanted);
        }
    }

    #[test]
    fn text_on_any_colour_can_be_read() {
        for red in (0..=255).step_by(5) {
            for green in (0..=255).step_by(5) {
                for blue in (0..=255).step_by(15) {
                    let colour = Colour { red, green, blue };
                    assert!(colour.contrast(colour.text_on()) >= 450, "{colour}");
                }
            }
        }
    }
}
