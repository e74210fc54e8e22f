//! What the stand-ins for Net-SNMP's tools share: how they read their command line, and which MIB modules they know.

// No tool uses all of it.
#![allow(dead_code, clippy::allow_attributes)]

use std::fs::File;
use std::io::{self, Write};

use deferred_snmp::names::{InputOptions, Modules, Names, OutputOptions, SearchPath};

/// What the tools say of themselves after `-V`.
pub(crate) const VERSION: &str = concat!("deferred-snmp ", env!("CARGO_PKG_VERSION"));

/// The letters after `-P`, which choose how strictly Net-SNMP reads MIB files.
pub(crate) const PARSER_USAGE: &str = "\
u:  allow the use of underlines in MIB symbols
c:  disallow the use of \"--\" to terminate comments
d:  save the DESCRIPTIONs of the MIB objects
e:  disable errors when MIB symbols conflict
w:  enable warnings when MIB symbols conflict
W:  enable detailed warnings when MIB symbols conflict
R:  replace MIB symbols from latest module
";

/// The letters after `-O`.
pub(crate) const OUTPUT_USAGE: &str = "\
0:  print leading 0 for single-digit hex characters
a:  print all strings in ascii format
b:  do not break OID indexes down
e:  print enums numerically
E:  escape quotes in string indices
f:  print full OIDs on output
n:  print OIDs numerically
p PRECISION:  display floating point values with specified PRECISION (printf format string)
q:  quick print for easier parsing
Q:  quick print with equal-signs
s:  print only last symbolic element of OID
S:  print MIB module-id plus last element
t:  print timeticks unparsed as numeric integers
T:  print human-readable text along with hex strings
u:  print OIDs using UCD-style prefix suppression
U:  don't print units
v:  print values only (not OID = value)
x:  print all strings in hex format
X:  extended index format
";

/// The letters after `-I`.
pub(crate) const INPUT_USAGE: &str = "\
b:  do best/regex matching to find a MIB node
h:  don't apply DISPLAY-HINTs
r:  do not check values for range/type legality
R:  do random access to OID labels
u:  top-level OIDs must have '.' prefix (UCD-style)
s SUFFIX:  Append all textual OIDs with SUFFIX before parsing
S PREFIX:  Prepend all textual OIDs with PREFIX before parsing
";

/// The letters after `-L`.
pub(crate) const LOG_USAGE: &str = "\
e:           log to standard error
o:           log to standard output
n:           don't log at all
f file:      log to the specified file
s facility:  log to syslog (via the specified facility)

(variants)
[EON] pri:   log to standard error, output or /dev/null for level 'pri' and above
[EON] p1-p2: log to standard error, output or /dev/null for levels 'p1' to 'p2'
[FS] pri token:    log to file/syslog for level 'pri' and above
[FS] p1-p2 token:  log to file/syslog for levels 'p1' to 'p2'
";

/// A list of letters as it stands in a tool's usage.
pub(crate) fn indented(list: &str) -> String {
    list.lines()
        .map(|line| match line {
            "" => "\n".to_owned(),
            line => format!("\t\t\t  {line}\n"),
        })
        .collect()
}

/// The options of a command line one by one, as the C library's `getopt` finds them: letters may stand together, an
/// argument follows its letter or stands alone, operands may stand between, `--` ends the options.
pub(crate) struct Options {
    tool: &'static str,
    letters: &'static str,
    words: std::vec::IntoIter<String>,
    /// The rest of a word of letters.
    cluster: String,
    operands: Vec<String>,
}

impl Options {
    /// `letters` as for `getopt`: a colon stands after those that take an argument.
    pub(crate) fn new(tool: &'static str, letters: &'static str, words: Vec<String>) -> Self {
        Self {
            tool,
            letters,
            words: words.into_iter(),
            cluster: String::new(),
            operands: Vec::new(),
        }
    }

    /// The next letter and its argument, which is empty for letters without; `?`, after a complaint, where there is
    /// none.
    pub(crate) fn next(&mut self) -> Option<(char, String)> {
        while self.cluster.is_empty() {
            let word = self.words.next()?;
            match word.strip_prefix('-') {
                Some("-") => {
                    self.operands.extend(self.words.by_ref());
                    return None;
                }
                Some(letters) if !letters.is_empty() => self.cluster = letters.to_owned(),
                _ => self.operands.push(word),
            }
        }
        let letter = self.cluster.remove(0);
        let (tool, known) = (self.tool, self.letters.find(letter));
        let Some(place) = known.filter(|_| letter != ':') else {
            eprintln!("{tool}: invalid option -- '{letter}'");
            return Some(('?', String::new()));
        };
        if !self.letters[place + 1..].starts_with(':') {
            return Some((letter, String::new()));
        }
        let attached = std::mem::take(&mut self.cluster);
        if !attached.is_empty() {
            return Some((letter, attached));
        }
        let Some(argument) = self.words.next() else {
            eprintln!("{tool}: option requires an argument -- '{letter}'");
            return Some(('?', String::new()));
        };
        Some((letter, argument))
    }

    /// The next word, which belongs to the option before it.
    pub(crate) fn following(&mut self) -> Option<String> {
        self.words.next()
    }

    /// What is no option.
    pub(crate) fn operands(self) -> Vec<String> {
        self.operands
    }
}

/// Where what a tool has to say goes, after one `-L`. Levels are read and make no difference.
pub(crate) enum Log {
    Errors,
    Output,
    Nothing,
    File(File),
}

impl Log {
    /// `rest` is what stands behind `-L`, `options` has what follows.
    ///
    /// # Errors
    ///
    /// What is wrong, as a line.
    pub(crate) fn new(rest: &str, options: &mut Options) -> Result<Self, String> {
        let mut letters = rest.chars();
        let letter = letters.next().unwrap_or_default();
        let rest = letters.as_str();
        let mut argument = |rest: &str| match rest {
            "" => options.following().unwrap_or_default(),
            rest => rest.to_owned(),
        };
        let file = match letter {
            'e' => return Ok(Self::Errors),
            'o' => return Ok(Self::Output),
            'n' => return Ok(Self::Nothing),
            'f' | 's' => argument(rest),
            'E' | 'O' | 'N' | 'F' | 'S' => {
                argument(rest);
                match letter {
                    'E' => return Ok(Self::Errors),
                    'O' => return Ok(Self::Output),
                    'N' => return Ok(Self::Nothing),
                    _ => argument(""),
                }
            }
            other => return Err(format!("Unknown logging option passed to -L: {other}.\n")),
        };
        match letter {
            // There is no system log here.
            's' | 'S' => Ok(Self::Nothing),
            _ => (File::create(&file).map(Self::File))
                .map_err(|error| format!("couldn't open {file}: {error}\n")),
        }
    }

    /// Says something, beside the other output, in each of these places.
    pub(crate) fn say_in(places: &[Self], text: &str, output: &mut impl Write) -> io::Result<()> {
        match places {
            [] => Self::Errors.say(text, output),
            places => places.iter().try_for_each(|place| place.say(text, output)),
        }
    }

    fn say(&self, text: &str, output: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Errors => {
                // What was found before stands before it.
                output.flush()?;
                eprint!("{text}");
                Ok(())
            }
            Self::Output => output.write_all(text.as_bytes()),
            Self::Nothing => Ok(()),
            Self::File(file) => (&mut &*file).write_all(text.as_bytes()),
        }
    }
}

/// The modules of a command line.
pub(crate) struct Loaded {
    pub(crate) modules: Modules,
    /// Those that were named.
    pub(crate) asked_for: Vec<String>,
    /// What is to be said of those that are missing.
    pub(crate) complaints: String,
    directories: String,
}

impl Loaded {
    /// What is to be said when a name begins with a module that is missing: with the search path before the first one.
    pub(crate) fn missing(&self, name: &str) -> Option<String> {
        let (module, _) = name.split_once(':')?;
        if module.is_empty() || module == "ANY" || self.modules.has_module(module) {
            return None;
        }
        let path = match self.complaints.is_empty() {
            true => &*self.directories,
            false => "",
        };
        Some(format!("{path}{}", cannot_find(module)))
    }
}

fn cannot_find(module: &str) -> String {
    format!("Cannot find module ({module}): At line 1 in (none)\n")
}

/// What `-m -M -O -I -P` say.
#[derive(Default)]
pub(crate) struct MibOptions {
    modules: Option<String>,
    directories: Option<String>,
    pub(crate) output: OutputOptions,
    pub(crate) best_match: bool,
    pub(crate) random_access: bool,
    no_checks: bool,
    no_hints: bool,
    pub(crate) relative: bool,
    prefix: String,
    suffix: String,
}

impl MibOptions {
    /// Takes one option, and what belongs to it of those behind. Gives back the letter after `-O`, `-I` or `-P` that means
    /// nothing, or `?` where a word is missing.
    pub(crate) fn take(
        &mut self,
        option: char,
        argument: String,
        options: &mut Options,
    ) -> Result<(), char> {
        match option {
            'm' => self.modules = Some(argument),
            'M' => self.directories = Some(argument),
            'O' => {
                let changed = self.output.clone().with(&argument);
                self.output = changed.map_err(|error| error.letter())?;
            }
            'I' => return self.input_letters(&argument, options),
            // Modules are always read leniently, and nothing is said of it.
            'P' => return argument.chars().try_for_each(parser_letter),
            _ => {}
        }
        Ok(())
    }

    fn input_letters(&mut self, letters: &str, options: &mut Options) -> Result<(), char> {
        let mut letters = letters.chars();
        while let Some(letter) = letters.next() {
            let switch = match letter {
                'b' => &mut self.best_match,
                'R' => &mut self.random_access,
                'r' => &mut self.no_checks,
                'h' => &mut self.no_hints,
                'u' => &mut self.relative,
                's' | 'S' => {
                    // The rest is no letters but a word; if there is none, it stands alone.
                    let word = Some(letters.as_str()).filter(|word| !word.is_empty());
                    let word = word.map(str::to_owned).or_else(|| options.following());
                    let place = match letter {
                        's' => &mut self.suffix,
                        _ => &mut self.prefix,
                    };
                    *place = word.ok_or('?')?;
                    return Ok(());
                }
                _ => return Err(letter),
            };
            *switch = !*switch;
        }
        Ok(())
    }

    /// A name as it is read: behind the word of `-IS`, before that of `-Is`.
    pub(crate) fn full_name(&self, name: &str) -> String {
        let Self { prefix, suffix, .. } = self;
        let dot = match suffix.is_empty() || suffix.starts_with('.') {
            true => "",
            false => ".",
        };
        format!("{prefix}{name}{dot}{suffix}")
    }

    /// How names are read, apart from `-IR` and `-Ib`.
    pub(crate) fn input(&self) -> InputOptions {
        InputOptions::new()
            .checks(!self.no_checks)
            .hints(!self.no_hints)
            .relative(self.relative)
    }

    /// The modules that the options and the environment (`MIBS`, `MIBDIRS`) ask for. Where no module is named, or some
    /// are added with `+`, those that are compiled in are known.
    pub(crate) fn load(&self) -> Loaded {
        let given = |option: &Option<String>, variable| {
            option.clone().or_else(|| std::env::var(variable).ok())
        };
        let mut path = SearchPath::with_default_directories();
        if let Some(directories) = given(&self.directories, "MIBDIRS") {
            path = path.with_directories(&directories);
        }
        let list = given(&self.modules, "MIBS");
        let adds = |list: &String| list.starts_with(['+', '-']) || list.ends_with('+');
        let mut modules = match list.as_ref().is_none_or(adds) {
            true => Modules::new(),
            false => Modules::empty(),
        };
        let mut complaints = String::new();
        let directories = path.directories().iter();
        let directories: Vec<_> = directories.map(|it| it.display().to_string()).collect();
        let directories = format!("MIB search path: {}\n", directories.join(":"));
        for directory in path.directories().iter().rev() {
            // One that cannot be read has no modules.
            let _ = modules.add_directory(directory);
        }
        path = path.with_modules(list.as_deref().unwrap_or_default());
        for module in path.modules() {
            if module.eq_ignore_ascii_case("ALL") {
                modules.load_all();
            } else if !module.is_empty() && modules.load(module).is_err() {
                if complaints.is_empty() {
                    complaints.clone_from(&directories);
                }
                complaints += &cannot_find(module);
            }
        }
        Loaded {
            modules,
            asked_for: path.modules().to_vec(),
            complaints,
            directories,
        }
    }
}

fn parser_letter(letter: char) -> Result<(), char> {
    match "ucdewWR".contains(letter) {
        true => Ok(()),
        false => Err(letter),
    }
}
