//! Sixty-four bytes at a time as one integer, one bit per byte.
//!
//! Words end after four or five bytes, unpredictably; a loop over bytes mispredicts each end, counting bits does not.

pub(super) const N_LANES: usize = 64;

/// The kinds of 64 bytes as bits, the first byte in the lowest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lanes {
    /// Bytes that continue a word: ASCII letters, digits, the underscore, and everything beyond ASCII.
    pub word: u64,
    /// Bytes among these that are small ASCII letters or the underscore.
    pub plain: u64,
}

impl Lanes {
    /// Classifies the first 64 of `bytes`; missing ones are of no kind.
    #[inline]
    pub fn new(bytes: &[u8]) -> Self {
        let mut padded = [0; N_LANES];
        let chunk = bytes.first_chunk().unwrap_or_else(|| {
            padded[..bytes.len()].copy_from_slice(bytes);
            &padded
        });
        let is_letter = |byte: u8| byte.wrapping_sub(b'a') < 26;
        // `|` and not `||`: without jumps these become vector instructions.
        let is_plain = |byte| is_letter(byte) | (byte == b'_');
        let is_word = |byte| is_plain(byte) | is_letter(byte | 0x20) | (byte.wrapping_sub(b'0') < 10) | (byte >= 0x80);
        Self { word: bits(chunk, is_word), plain: bits(chunk, is_plain) }
    }
}

#[inline]
fn bits(chunk: &[u8; N_LANES], is_of_kind: impl Fn(u8) -> bool) -> u64 {
    let flags = chunk.map(|byte| u8::from(is_of_kind(byte)));
    // The product gathers the lowest bit of each of eight bytes in the highest byte.
    let gathered =
        flags.as_chunks().0.iter().map(|&eight| u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
    gathered.rev().fold(0, |bits, eight| bits << 8 | eight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_kind_in_every_lane() {
        for byte in 0..=u8::MAX {
            for lane in 0..N_LANES {
                let mut bytes = [b' '; N_LANES];
                bytes[lane] = byte;
                let is_plain = byte.is_ascii_lowercase() || byte == b'_';
                let is_word = is_plain || byte.is_ascii_alphanumeric() || !byte.is_ascii();
                let expected = Lanes { word: u64::from(is_word) << lane, plain: u64::from(is_plain) << lane };
                assert_eq!(Lanes::new(&bytes), expected);
                assert_eq!(Lanes::new(&bytes[..=lane]), expected);
            }
        }
    }
}
