//! Encodings that no MIB file has and editors write.

/// The word that every module has, as it stands in UTF-16: in either order of the octets, less one zero at an end.
const WORD: &[u8; 21] = b"D\0E\0F\0I\0N\0I\0T\0I\0O\0N\0S";

/// The encoding of a text that is none of ASCII's kin: `UTF-16` or `UTF-32`.
pub(super) fn foreign(text: &[u8]) -> Option<&'static str> {
    if text.starts_with(b"\xff\xfe\0\0") || text.starts_with(b"\0\0\xfe\xff") {
        return Some("UTF-32");
    }
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Some("UTF-16");
    }
    // Other texts have no zeros, and are not looked through for words.
    let zero = text.iter().position(|&octet| octet == 0)?;
    let rest = &text[zero.saturating_sub(1)..];
    if rest.windows(WORD.len()).any(|window| window == WORD) {
        return Some("UTF-16");
    }
    let wide = |window: &[u8]| window.iter().step_by(4).eq(b"DEFINITIONS");
    let is_wide = rest
        .windows(41)
        .any(|window| window[1..4] == [0; 3] && wide(window));
    is_wide.then_some("UTF-32")
}

/// What such a text has of ASCII.
pub(super) fn ascii_of(text: &[u8]) -> Vec<u8> {
    let octets = text.iter().copied();
    octets.filter(|octet| matches!(octet, 1..=0x7f)).collect()
}
