//! Text in UTF-16 as UTF-8, such as Excel's "Unicode text".

use std::io::{self, Read};

/// Number of stored bytes that are converted at once.
const BLOCK_BYTES: u64 = 64 << 10;
/// Number of first bytes that tell UTF-16 without a mark.
const WINDOW: usize = 512;
/// What stands for half a character: a byte that UTF-8 does not have, so that readers replace and count it, or refuse it.
const NO_CHARACTER: u8 = 0xFF;

/// The order of the two bytes of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    /// Returns the order of text in UTF-16, told by the mark at its beginning, or by every other byte being zero, as in text of
    /// Latin letters; `None` for other text.
    pub(super) fn of(head: &[u8]) -> Option<Order> {
        let window = &head[..head.len().min(WINDOW)];
        let n_zero = |parity: usize| window.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd, n_pairs) = (n_zero(0), n_zero(1), window.len() / 2);
        // A few characters end in a zero byte themselves.
        let is_told = n_pairs >= 4 && even.max(odd) * 10 >= n_pairs * 9 && even.min(odd) * 10 <= even.max(odd);
        match head {
            [0xFF, 0xFE, ..] => Some(Order::Little),
            [0xFE, 0xFF, ..] => Some(Order::Big),
            _ if is_told => Some(if even > odd { Order::Big } else { Order::Little }),
            _ => None,
        }
    }

    fn unit(self, bytes: [u8; 2]) -> u16 {
        match self {
            Order::Little => u16::from_le_bytes(bytes),
            Order::Big => u16::from_be_bytes(bytes),
        }
    }
}

/// The conversion of a stream.
pub(super) struct FromUtf16 {
    order: Order,
    /// Stored bytes that are not converted yet.
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
}

impl FromUtf16 {
    /// Begins with the first stored bytes, which were read already.
    pub(super) fn new(order: Order, raw: Vec<u8>) -> Self {
        Self { order, raw, ready: Vec::new(), at: 0 }
    }

    /// Reads converted bytes, as [`Read::read`] does.
    pub(super) fn read(&mut self, stored: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            let n_read = stored.take(BLOCK_BYTES).read_to_end(&mut self.raw)?;
            if n_read == 0 && self.raw.is_empty() {
                return Ok(0);
            }
            self.convert(n_read == 0);
        }
        let n = buffer.len().min(self.ready.len() - self.at);
        buffer[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }

    /// Converts what is stored; unless it is the end, a byte and half a pair of surrogates at the end wait for the next block.
    fn convert(&mut self, is_end: bool) {
        (self.at, self.ready) = (0, Vec::new());
        let mut n_units = self.raw.len() / 2;
        let unit = |at: usize| self.order.unit([self.raw[2 * at], self.raw[2 * at + 1]]);
        let is_half = n_units > 0 && (0xD800..0xDC00).contains(&unit(n_units - 1));
        n_units -= usize::from(is_half && !is_end);
        for decoded in char::decode_utf16((0..n_units).map(unit)) {
            match decoded {
                Ok(c) => self.ready.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => self.ready.push(NO_CHARACTER),
            }
        }
        self.raw.drain(..2 * n_units);
        if is_end && !self.raw.is_empty() {
            self.ready.push(NO_CHARACTER);
            self.raw.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, order: Order) -> Vec<u8> {
        let bytes = |unit: u16| if order == Order::Little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn converted(order: Order, stored: &[u8], n_first: usize) -> String {
        let (first, mut rest) = stored.split_at(n_first);
        let (mut text, mut utf16, mut buffer) = (Vec::new(), FromUtf16::new(order, first.to_vec()), [0; 7]);
        loop {
            match utf16.read(&mut rest, &mut buffer).unwrap() {
                0 => return String::from_utf8_lossy(&text).into_owned(),
                n => text.extend_from_slice(&buffer[..n]),
            }
        }
    }

    #[test]
    fn text_is_the_same_wherever_blocks_end() {
        let text = format!("{}\u{1fa81} kite isn\u{2019}t caf\u{e9}", "a".repeat(BLOCK_BYTES as usize / 2 - 1));
        for order in [Order::Little, Order::Big] {
            let stored = encoded(&text, order);
            for n_first in [0, 1, 2, 5, stored.len() - 1, stored.len()] {
                assert_eq!(converted(order, &stored, n_first), text);
            }
        }
    }

    #[test]
    fn half_a_character_is_not_utf_8() {
        assert_eq!(converted(Order::Little, b"a\0\0\xd8b\0\0\xd8", 0), "a\u{fffd}b\u{fffd}");
        assert_eq!(converted(Order::Little, b"a\0b", 0), "a\u{fffd}");
    }

    #[test]
    fn the_order_is_told() {
        let text = "id\ttext\r\n";
        for order in [Order::Little, Order::Big] {
            assert_eq!(Order::of(&encoded(text, order)), Some(order));
            assert_eq!(Order::of(&encoded("\u{feff}\u{540d}", order)), Some(order));
            assert_eq!(Order::of(&encoded("id\ttext\r\n1\t\u{100}bele", order)), Some(order));
        }
        assert_eq!(
            (Order::of(text.as_bytes()), Order::of(b"PK\x03\x04\0\0\0\0\0\0"), Order::of(b"")),
            (None, None, None)
        );
    }
}
