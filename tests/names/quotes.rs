//! Modules whose quotation marks do not pair: what stands before and behind is kept.
#![cfg(feature = "mib")]

use deferred_snmp::names::{LeniencyKind, Modules, Names};

/// One definition a paragraph, each with texts of its own.
const SOUND: &str = r#"SOUND-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises, MODULE-IDENTITY, OBJECT-TYPE, OBJECT-IDENTITY, NOTIFICATION-TYPE, Integer32 FROM SNMPv2-SMI
    TEXTUAL-CONVENTION FROM SNMPv2-TC;

sound MODULE-IDENTITY
    LAST-UPDATED "202001010000Z"
    ORGANIZATION "Some company"
    CONTACT-INFO "Somebody, somewhere"
    DESCRIPTION "All of it."
    REVISION "202001010000Z"
    DESCRIPTION "The first one."
    ::= { enterprises 99906 }

SoundName ::= TEXTUAL-CONVENTION
    DISPLAY-HINT "255a"
    STATUS current
    DESCRIPTION "A name, as it is
        written."
    REFERENCE "RFC 1, section 1."
    SYNTAX OCTET STRING (SIZE (0..255))

soundIdentity OBJECT-IDENTITY
    STATUS current
    DESCRIPTION "Something -- of its own"
    REFERENCE "Reference RFC 1, section 1."
    ::= { sound 1 }

soundLevel OBJECT-TYPE
    SYNTAX Integer32 (0..100)
    UNITS "per cent"
    MAX-ACCESS read-write
    STATUS current
    DESCRIPTION "How loud it is; see soundName ::= { sound 3 }."
    DEFVAL { 7 }
    ::= { sound 2 }

soundName OBJECT-TYPE
    SYNTAX SoundName
    MAX-ACCESS read-only
    STATUS current
    DESCRIPTION ""
    DEFVAL { "a name" }
    ::= { sound 3 }

soundEnded NOTIFICATION-TYPE
    OBJECTS { soundName }
    STATUS current
    DESCRIPTION "It has ended."
    ::= { sound 4 }

soundLast OBJECT IDENTIFIER ::= { sound 5 }
END
"#;

const NAMES: [&str; 7] = [
    "sound",
    "soundIdentity",
    "soundLevel",
    "soundName",
    "soundEnded",
    "soundLast",
    "SoundName",
];

/// The paragraphs of the module, and where each begins.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let paragraphs = text.split_inclusive("\n\n").map(|paragraph| {
        let start = at;
        at += paragraph.len();
        (start, paragraph)
    });
    paragraphs.collect()
}

/// What is there of the module: names and places, and the types.
fn kept(text: &str) -> Result<Vec<&'static str>, String> {
    let mut modules = Modules::new();
    modules.add_text("a module", text);
    modules
        .load("SOUND-MIB")
        .map_err(|error| error.to_string())?;
    let is_there = |name: &&str| {
        let place = match *name {
            "SoundName" => return modules.type_of("SOUND-MIB", name).is_some(),
            "sound" => vec![],
            name => vec![NAMES.iter().position(|known| *known == name).unwrap() as u32],
        };
        let node = modules.find(Some("SOUND-MIB"), name);
        node.is_some_and(|node| node.arcs() == [&[1, 3, 6, 1, 4, 1, 99906], &place[..]].concat())
    };
    Ok(NAMES.into_iter().filter(is_there).collect())
}

/// All but what stands in the paragraph at `at`.
fn others(at: usize) -> Vec<&'static str> {
    let paragraphs = paragraphs(SOUND);
    let (_, touched) = paragraphs.iter().rfind(|(start, _)| *start <= at).unwrap();
    let name = touched.split_whitespace().next().unwrap();
    NAMES.into_iter().filter(|known| *known != name).collect()
}

fn in_one_line(text: &str) -> String {
    let (head, body) = text.split_once("\n\n").unwrap();
    let lines = body.split("\n\n").map(|paragraph| {
        let words = paragraph.lines().map(str::trim);
        words.collect::<Vec<_>>().join(" ")
    });
    [head.to_owned()]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
        .replace(" END", "\nEND\n")
}

/// Fails with all that is lost beside what stands in the paragraphs of `places`.
fn check(text: &str, places: &[usize]) {
    for text in [text.to_owned(), in_one_line(text)] {
        let kept = kept(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let mut expected = NAMES.to_vec();
        for &at in places {
            let others = others(at);
            expected.retain(|name| others.contains(name));
        }
        for name in expected {
            assert!(kept.contains(&name), "{name} is lost of\n{text}");
        }
    }
}

/// Places before and behind every blank and line break.
fn gaps() -> Vec<usize> {
    let blanks = SOUND.match_indices([' ', '\n']);
    let places = blanks.flat_map(|(at, _)| [at, at + 1]);
    places.collect()
}

#[test]
fn a_mark_too_many_or_too_few_costs_the_definition_that_it_stands_in_at_most() {
    assert_eq!(kept(SOUND).unwrap(), NAMES);
    assert_eq!(kept(&in_one_line(SOUND)).unwrap(), NAMES);
    let mut tried = 0;
    for (at, _) in SOUND.match_indices('"') {
        for text in [
            format!("{}{}", &SOUND[..at], &SOUND[at + 1..]),
            format!("{}\"{}", &SOUND[..at], &SOUND[at..]),
        ] {
            check(&text, &[at]);
            tried += 1;
        }
    }
    for at in gaps() {
        check(&format!("{}\"{}", &SOUND[..at], &SOUND[at..]), &[at]);
        tried += 1;
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn two_marks_too_many_cost_no_more_than_each_alone() {
    let gaps = gaps();
    for (nth, &first) in gaps.iter().enumerate() {
        let second = gaps[(nth * 7 + 3) % gaps.len()];
        let (first, second) = (first.min(second), first.max(second));
        let (before, rest) = SOUND.split_at(first);
        let (between, behind) = rest.split_at(second - first);
        let text = format!("{before}\"{between}\"{behind}");
        check(&text, &[first, second]);
    }
}

fn loaded(module: &str, text: &str) -> Modules {
    let mut modules = Modules::new();
    modules.add_text("a module", text);
    modules.load(module).expect("it is understood");
    modules
}

fn notes(modules: &Modules) -> Vec<String> {
    let leniencies = modules.leniencies().into_iter();
    let broken = leniencies.filter(|it| it.kind() == LeniencyKind::Syntax);
    broken.map(|it| it.to_string()).collect()
}

#[test]
fn a_mark_within_a_reference_and_a_colon_too_few_cost_nothing() {
    let modules = loaded(
        "M06-MIB",
        r#"-- M06 trapdirector#28: a quotation mark inside a REFERENCE, and := for ::=
M06-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises, OBJECT-TYPE, OBJECT-IDENTITY, Integer32 FROM SNMPv2-SMI;
m06 OBJECT IDENTIFIER ::= { enterprises 99906 }
metricA OBJECT-IDENTITY STATUS current DESCRIPTION "a" REFERENCE "Reference "RFC 1, section 1." ::= { m06 1 }
metricB OBJECT-IDENTITY STATUS current DESCRIPTION "b" REFERENCE "Reference RFC 2" := { m06 2 }
metricC OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "c" ::= { m06 3 }
metricD OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "d" ::= { m06 4 }
END
"#,
    );
    for (name, arc, description) in [
        ("metricA", 1, "a"),
        ("metricB", 2, "b"),
        ("metricC", 3, "c"),
        ("metricD", 4, "d"),
    ] {
        let node = modules.find(Some("M06-MIB"), name).expect(name);
        assert_eq!(node.arcs(), [1, 3, 6, 1, 4, 1, 99906, arc]);
        assert_eq!(node.description(), description);
    }
    let notes = notes(&modules);
    assert_eq!(
        notes[0],
        "M06-MIB:5: a quotation mark within a text is read as an apostrophe"
    );
    let mended = "metricB is not in order; what is understood of it is kept";
    assert_eq!(notes.last().unwrap(), &format!("M06-MIB:6: {mended}"));
}

#[test]
fn texts_keep_what_they_say_and_each_mark_is_told_with_its_line() {
    let text = SOUND
        .replace("It has ended", "It has \"ended\" at last")
        .replace("\"255a\"", "\"255a")
        .replace("soundLast", "\"soundLast");
    let modules = loaded("SOUND-MIB", &text);
    let ended = modules.find(Some("SOUND-MIB"), "soundEnded").unwrap();
    assert_eq!(ended.description(), "It has 'ended' at last.");
    let name = modules.type_of("SOUND-MIB", "SoundName").unwrap();
    assert_eq!(name.hint(), Some("255a"));
    let apostrophe = "a quotation mark within a text is read as an apostrophe";
    assert_eq!(
        notes(&modules),
        [
            "SOUND-MIB:15: the quotation mark behind a text is missing".to_owned(),
            format!("SOUND-MIB:48: {apostrophe}"),
            "SOUND-MIB:51: a quotation mark that begins no text is left out".to_owned(),
        ]
    );
}

#[test]
fn marks_at_the_end_of_the_file_cost_nothing() {
    let mut ends = vec![format!("{SOUND}\""), format!("{SOUND}\"\n\"\n\"")];
    ends.push(SOUND.replace("\nEND\n", "\n\"\nEND\n"));
    ends.push(SOUND.replace("\nEND\n", "\nEND \"\n"));
    // The last text has no end, and the module none.
    let open = SOUND.replace("It has ended.\"", "It has ended.");
    ends.push(open.replace("\nEND\n", "\n"));
    ends.push(open);
    for text in ends {
        assert_eq!(kept(&text).unwrap(), NAMES, "{text}");
    }
}

#[test]
fn marks_that_pair_are_not_touched() {
    // Prose may look like clauses; the words of a macro stand in marks.
    let odd = SOUND.replace(
        "All of it.",
        "STATUS current DESCRIPTION of ::= { all }\n REFERENCE",
    );
    let with_macro = odd.replace(
        "sound MODULE-IDENTITY\n",
        "OWN-MACRO MACRO ::= BEGIN TYPE NOTATION ::= \"STATUS\" Status VALUE NOTATION ::= value END\n\nsound MODULE-IDENTITY\n",
    );
    for text in [SOUND, &odd, &with_macro] {
        let modules = loaded("SOUND-MIB", text);
        assert_eq!(modules.leniencies(), []);
        assert_eq!(kept(text).unwrap(), NAMES);
    }
}

#[test]
fn several_modules_of_a_file_are_told_apart() {
    let before = "FIRST-MIB DEFINITIONS ::= BEGIN\nfirst OBJECT-IDENTITY STATUS current DESCRIPTION \"a ::= { iso 3 99 }\nEND\n";
    let behind = "LAST-MIB DEFINITIONS ::= BEGIN\nlast OBJECT IDENTIFIER ::= { iso 3 98 }\nEND\n";
    let text = format!("{before}{SOUND}{behind}");
    assert_eq!(kept(&text).unwrap(), NAMES);
    let modules = loaded("FIRST-MIB", &text);
    let first = modules.find(Some("FIRST-MIB"), "first").unwrap();
    assert_eq!(first.arcs(), [1, 3, 99]);
    let last = modules.find(Some("LAST-MIB"), "last").unwrap();
    assert_eq!(last.arcs(), [1, 3, 98]);
}

/// What a quotation mark too many puts into a string stands outside of it once they are paired: there, too, what is nested
/// without end is refused before it is parsed.
#[test]
fn what_is_nested_deeply_behind_an_odd_mark_is_refused() {
    let tags = "[1] ".repeat(200);
    let odd = SOUND
        .replacen("FROM SNMPv2-TC;", "\" FROM SNMPv2-TC;", 1)
        .replacen(
            "SYNTAX OCTET STRING",
            &format!("SYNTAX {tags}OCTET STRING"),
            1,
        );
    let mut modules = Modules::empty();
    modules.add_text("odd", odd);
    let errors = modules.load_all();
    let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(
        texts.iter().any(|text| text.contains("nested too deeply")),
        "{texts:?}"
    );
}
