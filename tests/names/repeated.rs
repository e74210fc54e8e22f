//! Modules in which one thing stands up to a million times: the work stays in proportion to their length.
//!
//! What would not, would take hours here.
#![cfg(feature = "mib")]

use deferred_snmp::names::fuzz_modules;

/// The length of a module in octets.
const LENGTH: usize = 250_000;

/// Parts of a module. `#` is the number of the repetition, `+` the number after it.
const PARTS: [&str; 45] = [
    "{",
    "( ",
    "[1] ",
    "\"",
    "\" \" ",
    "'",
    "--",
    "-- x\n",
    "-- x -- y\n",
    "::= ",
    "a ",
    "a, ",
    "1 ",
    "} ",
    "; ",
    "..",
    "|",
    "\n",
    "END ",
    "SEQUENCE ",
    "SEQUENCE OF ",
    "INTEGER ",
    "x OBJECT IDENTIFIER ::= { x 1 }\n",
    "a# OBJECT IDENTIFIER ::= { a+ 1 }\n",
    "a+ OBJECT IDENTIFIER ::= { a# 1 }\n",
    "b# OBJECT IDENTIFIER ::= { enterprises c(#) d(#) e(#) # }\n",
    "T# ::= T+\n",
    "T+ ::= T# (1..#)\n",
    "U# ::= INTEGER { a#(#) }\n",
    "A# DEFINITIONS ::= BEGIN IMPORTS a FROM A+; END\n",
    "IMPORTS a#, b FROM A#;\n",
    "o# OBJECT-TYPE SYNTAX X# ACCESS read-only STATUS mandatory ::= { enterprises # }\n",
    "p OBJECT-TYPE SYNTAX INTEGER ACCESS read-only STATUS mandatory INDEX { x# } ::= { p 1 }\n",
    "r# OBJECT-TYPE SYNTAX R ACCESS read-only STATUS mandatory AUGMENTS { r+ } ::= { enterprises # }\n",
    "n# NOTIFICATION-TYPE OBJECTS { n+, m# } STATUS current DESCRIPTION \"\" ::= { enterprises # }\n",
    "M MACRO ::= BEGIN ",
    "x OBJECT-TYPE SYNTAX ",
    "DEFINITIONS ::= ",
    "A# DEFINITIONS ::= BEGIN\nEND\nfoo\n",
    "/* ",
    "x# OBJECT-TYPE SYNTAX INTEGER { 1a( ",
    "T# ::= INTEGER { 1a(1) }\n",
    "x# OBJECT-TYPE STATUS current SYNTAX INTEGER ACCESS read-only ::= { enterprises # }\n",
    "} DEFINITIONS ::= BEGIN ",
    "\u{fffd}",
];

fn repeated(part: &str) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < LENGTH && number < 1_000_000 {
        let next = number + 1;
        text += &part
            .replace('#', &number.to_string())
            .replace('+', &next.to_string());
        number = next;
    }
    text
}

#[test]
fn one_thing_all_over() {
    for part in PARTS {
        let text = repeated(part);
        fuzz_modules(text.as_bytes());
        let module =
            format!("A DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI;\n{text}\nEND\n");
        fuzz_modules(module.as_bytes());
    }
}

#[test]
fn long_lists() {
    let list = |item: &str| repeated(item);
    for module in [
        format!(
            "T ::= INTEGER {{ {} z(1) }}\n{}",
            list("a#(#), "),
            list("T# ::= T (1..#)\n")
        ),
        format!(
            "r OBJECT-TYPE SYNTAX R ACCESS read-only STATUS mandatory INDEX {{ {} x }} ::= {{ enterprises 1 }}\n{}",
            list("i#, "),
            list("c# OBJECT-TYPE SYNTAX INTEGER ACCESS read-only STATUS mandatory ::= { r # }\n")
        ),
        format!(
            "IMPORTS {} a FROM B;\n{}",
            list("x# FROM Y#\n"),
            list("y# OBJECT IDENTIFIER ::= { z# 1 }\n")
        ),
        format!(
            "n OBJECT IDENTIFIER ::= {{ enterprises {} 1 }}",
            list("a#(#) ")
        ),
        format!(
            "n NOTIFICATION-TYPE OBJECTS {{ {} a }} STATUS current DESCRIPTION \"\" ::= {{ enterprises 1 }}",
            list("a#, ")
        ),
        format!(
            "T ::= TEXTUAL-CONVENTION DISPLAY-HINT \"{}\" STATUS current DESCRIPTION \"\" SYNTAX OCTET STRING\n\
            o OBJECT-TYPE SYNTAX T ACCESS read-only STATUS mandatory ::= {{ enterprises 1 }}",
            list("1d.")
        ),
        format!(
            "T ::= OCTET STRING (SIZE ({} 1))\n{}",
            list("# | "),
            list("T# ::= T\n")
        ),
        format!("{} OBJECT IDENTIFIER ::= {{ enterprises 1 }}", list("a")),
    ] {
        let text = format!(
            "A DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI;\n{module}\nEND\n"
        );
        fuzz_modules(text.as_bytes());
    }
}
