//! What is noted of a module while it is read.

use std::collections::BTreeSet;

use mib_rs::DiagCode;

use super::error::LeniencyKind;
use super::text::Line;

/// The most that is noted of one module, beside its long names: what is no MIB has a fault in every line.
const MOST_NOTES: usize = 1000;
const LAST_NOTE: usize = MOST_NOTES - 1;

/// Something to say of a line. Ordered by that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note {
    pub(super) line: Line,
    pub(super) text: String,
    pub(super) kind: LeniencyKind,
}

impl Note {
    pub(super) fn new(line: Line, kind: LeniencyKind, text: impl Into<String>) -> Self {
        Self {
            line,
            text: text.into(),
            kind,
        }
    }
}

/// Notes in the order of their lines, a bounded number. Long names do not use up the room of the others.
#[derive(Debug, Default)]
pub(super) struct Notes {
    long_names: BTreeSet<Note>,
    others: BTreeSet<Note>,
}

impl Notes {
    pub(super) fn add(&mut self, mut note: Note) {
        let notes = match note.kind {
            LeniencyKind::LongName => &mut self.long_names,
            _ => &mut self.others,
        };
        match notes.len() {
            MOST_NOTES.. => return,
            LAST_NOTE => note.text = "and more, which is not listed".to_owned(),
            _ => {}
        }
        notes.insert(note);
    }

    pub(super) fn sorted(&self) -> Vec<Note> {
        let mut all: Vec<Note> = self.long_names.union(&self.others).cloned().collect();
        all.sort();
        all
    }
}

/// What a complaint of the parser is about.
pub(super) fn kind(code: DiagCode) -> LeniencyKind {
    match code {
        DiagCode::IdentifierLength32 | DiagCode::IdentifierLength64 => LeniencyKind::LongName,
        DiagCode::IdentifierUnderscore
        | DiagCode::IdentifierHyphenEnd
        | DiagCode::BadIdentifierCase
        | DiagCode::KeywordReserved
        | DiagCode::NumberLeadingZero
        | DiagCode::MissingComma
        | DiagCode::HexStringMul2
        | DiagCode::BinStringMul8 => LeniencyKind::Notation,
        _ => LeniencyKind::Syntax,
    }
}
