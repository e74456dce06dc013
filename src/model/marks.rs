//! The signs in a block of text that mean something in a table, found sixteen bytes at a time.

use wide::u8x16;

/// How many bytes a block has.
pub const BLOCK: usize = 64;

/// What stands in a block.
pub struct Marks {
    /// Where commas and line ends stand, a bit each, the first byte's lowest.
    pub ends: u64,
    /// How many line ends there are, in sixteen parts.
    pub lines: u8x16,
    /// Whether there is what is not to be taken as it stands: quotes, carriage returns, NUL.
    pub is_odd: bool,
    /// Whether a letter may compose with another. Below U+0300, whose first byte is CC, all text is NFC.
    pub may_compose: bool,
}

impl Marks {
    /// Looks at a block.
    #[inline]
    pub fn of(block: &[u8; BLOCK]) -> Marks {
        let (mut ends, mut lines) = (0, u8x16::default());
        let (mut odd, mut highest) = (u8x16::default(), u8x16::default());
        for (part, shift) in parts(block) {
            let are_lines = part.simd_eq(u8x16::splat(b'\n'));
            ends |= u64::from((part.simd_eq(u8x16::splat(b',')) | are_lines).to_bitmask()) << shift;
            // A byte that is equal has become 255, which is one less than nothing.
            lines -= are_lines;
            odd |= are_odd(part);
            highest = highest.max(part);
        }
        let below = u8x16::splat(0xCB);
        Marks { ends, lines, is_odd: odd.any(), may_compose: highest.max(below) != below }
    }
}

/// Returns where a sign stands in a block, a bit each.
#[inline]
pub fn where_is(sign: u8, block: &[u8; BLOCK]) -> u64 {
    let sign = u8x16::splat(sign);
    parts(block).fold(0, |marks, (part, shift)| marks | u64::from(part.simd_eq(sign).to_bitmask()) << shift)
}

/// Returns where quotes, carriage returns and NUL stand in a block, a bit each.
pub fn odd_signs(block: &[u8; BLOCK]) -> u64 {
    parts(block).fold(0, |marks, (part, shift)| marks | u64::from(are_odd(part).to_bitmask()) << shift)
}

fn are_odd(part: u8x16) -> u8x16 {
    let are = |sign| part.simd_eq(u8x16::splat(sign));
    are(b'"') | are(b'\r') | are(0)
}

/// Returns the parts of a block, and how far the marks of each are to be shifted.
fn parts(block: &[u8; BLOCK]) -> impl Iterator<Item = (u8x16, usize)> {
    let (parts, _) = block.as_chunks();
    parts.iter().map(|part| u8x16::new(*part)).zip((0..BLOCK).step_by(16))
}
