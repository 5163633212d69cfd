//! Ids in Stripe's style: a prefix that names the object, then base 62.

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The emulator's only source of randomness.
pub struct Ids {
    rng: StdRng,
}

impl Ids {
    /// Repeatable with a seed, otherwise seeded by the system.
    pub fn new(seed: Option<u64>) -> Self {
        Self { rng: seed.map_or_else(rand::make_rng, StdRng::seed_from_u64) }
    }

    /// `prefix` followed by `length` random letters and digits.
    pub fn draw(&mut self, prefix: &str, length: usize) -> String {
        let mut id = String::with_capacity(prefix.len() + length);
        id.push_str(prefix);
        for _ in 0..length {
            let at = self.rng.random_range(0..ALPHABET.len());
            id.push(ALPHABET.get(at).copied().map_or('0', char::from));
        }
        id
    }

    /// A number from `0..bound`; 0 when `bound` is not positive.
    pub fn below(&mut self, bound: i64) -> i64 {
        if bound > 0 { self.rng.random_range(0..bound) } else { 0 }
    }
}

/// Shuffles by a seed, the same way each time.
pub fn shuffle<T>(items: &mut [T], seed: u64) {
    items.shuffle(&mut StdRng::seed_from_u64(seed));
}

/// Draws a number of repeats from `low..=high` by a running generator.
pub fn repeats(rng: &mut impl Rng, low: u32, high: u32) -> u32 {
    rng.random_range(low..=high.max(low))
}

/// The generator behind one control request.
pub fn seeded(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_its_ids() {
        let (mut one, mut two, mut other) = (Ids::new(Some(7)), Ids::new(Some(7)), Ids::new(Some(8)));
        let id = one.draw("pi_", 24);
        assert_eq!(id.len(), 27);
        assert_eq!(id, two.draw("pi_", 24));
        assert_ne!(id, other.draw("pi_", 24));
    }
}
