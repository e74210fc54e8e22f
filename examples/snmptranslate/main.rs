//! Translates names of MIB objects into numbers and back, in the place of Net-SNMP's `snmptranslate`.
//!
//!     cargo run --example snmptranslate -- -On IF-MIB::ifDescr.1
//!     cargo run --example snmptranslate -- -M /usr/share/snmp/mibs -m IF-MIB -Tp ifXTable
//!     cargo run --example snmptranslate -- -m IF-MIB -Td IF-MIB::ifOperStatus
//!
//! Without arguments it shows what it can do with the modules that are compiled in. Configuration files are not read;
//! `-D` is accepted and does nothing; there is no system log, so that `-Ls` is silent.

mod description;
#[path = "../common/netsnmp.rs"]
mod netsnmp;
mod report;
mod tree;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use deferred_snmp::names::{Builtin, Modules};
use deferred_snmp::oid;
use deferred_snmp::smi::ObjectIdentifier;
use netsnmp::{Loaded, Log, MibOptions, Options};
use report::Reports;
use tree::Tree;

const TOOL: &str = "snmptranslate";

/// Every refusal that has no code of its own.
const FAILED: u8 = 1;
/// A name that is not known.
const UNKNOWN: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let run = match words.is_empty() {
        true => tour(&mut output),
        false => Command::read(words).and_then(|command| match command {
            Some(command) => command.run(&mut output),
            None => Ok(()),
        }),
    };
    let ended = run.and_then(|()| Ok(output.flush()?));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal { message, code, .. }) => {
            // What was found before stands before the complaint.
            let _ = output.flush();
            eprint!("{message}");
            code.into()
        }
    }
}

/// Why nothing more is translated.
#[derive(Debug)]
struct Refusal {
    message: String,
    code: u8,
    /// Said where `-L` wants it, and not on standard error in any case.
    logged: bool,
}

impl Refusal {
    fn new(message: String) -> Self {
        Self {
            message,
            code: FAILED,
            logged: false,
        }
    }

    fn unknown(message: String) -> Self {
        Self {
            code: UNKNOWN,
            ..Self::new(message)
        }
    }

    fn with_usage(complaint: &str) -> Self {
        Self::new(format!("{complaint}{}", usage()))
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::new(format!("{TOOL}: {error}\n"))
    }
}

/// What is printed of a name, or of the whole tree where no name is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Print {
    Name,
    Tree,
    Ascii,
    Reports,
}

/// What the command line asks for.
struct Command {
    mibs: MibOptions,
    print: Print,
    reports: Reports,
    details: bool,
    all: bool,
    width: usize,
    logs: Vec<Log>,
    names: Vec<String>,
}

impl Command {
    /// `None` where the answer has been given already.
    fn read(words: Vec<String>) -> Result<Option<Self>, Refusal> {
        let mut options = Options::new(TOOL, "Vhm:M:w:D:P:T:O:I:L:", words);
        let mut command = Self {
            mibs: MibOptions::default(),
            print: Print::Name,
            reports: Reports::default(),
            details: false,
            all: false,
            width: 1_000_000,
            logs: Vec::new(),
            names: Vec::new(),
        };
        while let Some((option, argument)) = options.next() {
            match option {
                'h' => return Err(Refusal::with_usage("")),
                'V' => {
                    eprintln!("{}", netsnmp::VERSION);
                    return Ok(None);
                }
                'D' => {}
                'L' => {
                    let log = Log::new(&argument, &mut options);
                    command.logs.push(log.map_err(Refusal::new)?);
                }
                'w' => command.width = width(&argument)?,
                'T' => argument.chars().try_for_each(|it| command.report(it))?,
                '?' => return Err(Refusal::with_usage("invalid option: -?\n")),
                _ => {
                    let what = if option == 'P' { "parser" } else { "OID" };
                    let taken = command.mibs.take(option, argument, &mut options);
                    taken.map_err(|letter| {
                        let complaint = format!("Unknown {what} option to -{option}: {letter}.\n");
                        Refusal::with_usage(&complaint)
                    })?;
                }
            }
        }
        command.names = options.operands();
        Ok(Some(command))
    }

    fn report(&mut self, letter: char) -> Result<(), Refusal> {
        let report = match letter {
            'l' => &mut self.reports.labelled,
            'o' => &mut self.reports.numeric,
            's' => &mut self.reports.symbolic,
            't' => &mut self.reports.suffixes,
            'z' => &mut self.reports.children,
            'd' => {
                self.details = true;
                return Ok(());
            }
            'B' => {
                self.all = true;
                return Ok(());
            }
            'p' | 'a' => {
                self.print = match letter {
                    'p' => Print::Tree,
                    _ => Print::Ascii,
                };
                return Ok(());
            }
            _ => {
                let complaint = format!("Invalid -T<lostpad> character: {letter}\n");
                return Err(Refusal::with_usage(&complaint));
            }
        };
        *report = true;
        self.print = Print::Reports;
        Ok(())
    }

    fn run(&self, output: &mut impl Write) -> Result<(), Refusal> {
        let loaded = self.mibs.load();
        Log::say_in(&self.logs, &loaded.complaints, output)?;
        if self.names.is_empty() {
            return self.whole_tree(&loaded, output);
        }
        let outcome = self.translate(&loaded, output);
        outcome.or_else(|mut refusal| {
            if refusal.logged {
                Log::say_in(&self.logs, &refusal.message, output)?;
                refusal.message.clear();
            }
            Err(refusal)
        })
    }

    fn translate(&self, loaded: &Loaded, output: &mut impl Write) -> Result<(), Refusal> {
        for (nth, name) in self.names.iter().enumerate() {
            if name == "-" && self.print == Print::Name {
                self.translate_lines(&loaded.modules, output)?;
                continue;
            }
            let name = self.mibs.full_name(name);
            if self.all && !self.mibs.random_access {
                return self.matches(loaded, &name, output);
            }
            let arcs = self.arcs(loaded, &name, output)?;
            if self.print == Print::Tree {
                let tree = Tree::new(&loaded.modules, &loaded.asked_for);
                let at = tree.deepest(&arcs).ok_or_else(|| no_match(&name))?;
                report::tree(&tree, at, self.width, output)?;
            } else {
                self.name(loaded, &arcs, output)?;
            }
            if nth + 1 < self.names.len() {
                writeln!(output)?;
            }
        }
        Ok(())
    }

    fn whole_tree(&self, loaded: &Loaded, output: &mut impl Write) -> Result<(), Refusal> {
        let tree = Tree::new(&loaded.modules, &loaded.asked_for);
        match self.print {
            Print::Name => return Err(Refusal::with_usage("")),
            Print::Tree => report::tree(&tree, Tree::ISO, self.width, output)?,
            Print::Ascii => report::ascii(&tree, output)?,
            Print::Reports => self.reports.write(&tree, output)?,
        }
        Ok(())
    }

    fn arcs(
        &self,
        loaded: &Loaded,
        name: &str,
        output: &mut impl Write,
    ) -> Result<Vec<u32>, Refusal> {
        let (modules, input) = (&loaded.modules, self.mibs.input());
        if self.mibs.best_match && !self.mibs.random_access {
            let tree = Tree::new(modules, &loaded.asked_for);
            let is_pattern = !name.contains(':');
            let found = tree.best_match(name).filter(|_| is_pattern);
            return found.ok_or_else(|| no_match(name));
        }
        if let Some(root) = self.root(name) {
            return Ok(vec![root]);
        }
        let found = match self.mibs.random_access {
            true => input.random_access(true).name(modules, name),
            false => input.exact(true).name(modules, name),
        };
        match found {
            Ok(oid) => Ok(oid.arcs().collect()),
            Err(error) => {
                if let Some(complaint) = loaded.missing(name) {
                    Log::say_in(&self.logs, &complaint, output)?;
                }
                Err(match self.mibs.random_access {
                    true => Refusal::unknown(format!("Unknown object identifier: {name}\n")),
                    false => Refusal {
                        logged: true,
                        ..Refusal::unknown(format!("{name}: {error}\n"))
                    },
                })
            }
        }
    }

    /// The number of a name that is nothing but a root.
    fn root(&self, name: &str) -> Option<u32> {
        let plain = name.strip_prefix('.').unwrap_or(name);
        if self.mibs.relative && plain == name {
            return None;
        }
        let labelled = Tree::ROOTS.iter().find(|(label, _)| *label == plain);
        match labelled {
            Some((_, arc)) => Some(*arc),
            None if self.mibs.random_access || plain.starts_with('+') => None,
            None => plain.parse().ok(),
        }
    }

    /// Prints every name that a pattern fits.
    fn matches(
        &self,
        loaded: &Loaded,
        pattern: &str,
        output: &mut impl Write,
    ) -> Result<(), Refusal> {
        let tree = Tree::new(&loaded.modules, &loaded.asked_for);
        let found = tree.matches(pattern);
        if found.is_empty() {
            return Err(no_match(pattern));
        }
        for arcs in found {
            self.name(loaded, &arcs, output)?;
        }
        Ok(())
    }

    /// Prints a name, and what is known of it where that is asked for.
    fn name(&self, loaded: &Loaded, arcs: &[u32], output: &mut impl Write) -> io::Result<()> {
        let mut line = Vec::new();
        match (ObjectIdentifier::from_arcs(arcs), arcs) {
            (Ok(oid), _) => {
                let printed = self.mibs.output.name(&loaded.modules, &oid);
                printed.append_to(&mut line);
            }
            (Err(_), arcs) => line.extend(self.root_name(arcs).bytes()),
        }
        line.push(b'\n');
        output.write_all(&line)?;
        if self.details {
            let tree = Tree::new(&loaded.modules, &loaded.asked_for);
            let description = description::describe(&tree, arcs, self.width);
            writeln!(output, "{description}")?;
        }
        Ok(())
    }

    /// A root, which is no OBJECT IDENTIFIER by itself, in the style of one below it.
    fn root_name(&self, arcs: &[u32]) -> String {
        let mut below = Vec::new();
        let org = oid!(1.3);
        let printed = self.mibs.output.name(&Builtin, &org);
        printed.append_to(&mut below);
        let dot = if below.starts_with(b".") { "." } else { "" };
        let root = (Tree::ROOTS.iter()).find(|(_, root)| arcs == [*root]);
        match (root, arcs) {
            (Some((label, _)), _) if !below.starts_with(b".1") => format!("{dot}{label}"),
            (_, [arc, ..]) => format!(".{arc}"),
            (_, []) => String::new(),
        }
    }

    /// Translates what stands first in each line of standard input, and leaves the rest as it is.
    fn translate_lines(&self, modules: &Modules, output: &mut impl Write) -> io::Result<()> {
        for line in io::stdin().lock().lines() {
            let line = line?;
            let end = line.find(' ').or_else(|| line.find('\t'));
            let (first, rest) = line.split_at(end.unwrap_or(line.len()));
            // A short word before others is rather part of a dump than a name.
            let is_name = rest.is_empty() || first.len() > 5;
            let input = self.mibs.input().exact(true);
            match input.name(modules, &self.mibs.full_name(first)) {
                Ok(oid) if is_name => {
                    let mut name = Vec::new();
                    self.mibs.output.name(modules, &oid).append_to(&mut name);
                    output.write_all(&name)?;
                }
                _ => output.write_all(first.as_bytes())?,
            }
            writeln!(output, "{rest}")?;
        }
        Ok(())
    }
}

fn no_match(name: &str) -> Refusal {
    Refusal::new(format!(
        "Unable to find a matching object identifier for \"{name}\"\n"
    ))
}

fn width(argument: &str) -> Result<usize, Refusal> {
    let digits = argument.trim_start();
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    match digits[..end].parse() {
        Ok(width) if width > 0 => Ok(width),
        _ => Err(Refusal::new(format!(
            "Invalid width specification: {argument}\n"
        ))),
    }
}

fn usage() -> String {
    format!(
        "USAGE: snmptranslate [OPTIONS] OID [OID]...

  Version:  {}
  Web:      {}

OPTIONS:
  -h\t\t\tdisplay this help message
  -V\t\t\tdisplay package version number
  -m MIB[:...]\t\tload given list of MIBs (ALL loads everything)
  -M DIR[:...]\t\tlook in given list of directories for MIBs
  -D[TOKEN[,...]]\tturn on debugging output for the specified TOKENs
\t\t\t   (ALL gives extremely verbose debugging output)
  -w WIDTH\t\tset width of tree and detail output
  -T TRANSOPTS\t\tSet various options controlling report produced:
\t\t\t  B:  print all matching objects for a regex search
\t\t\t  d:  print full details of the given OID
\t\t\t  p:  print tree format symbol table
\t\t\t  a:  print ASCII format symbol table
\t\t\t  l:  enable labeled OID report
\t\t\t  o:  enable OID report
\t\t\t  s:  enable dotted symbolic report
\t\t\t  z:  enable MIB child OID report
\t\t\t  t:  enable alternate format symbolic suffix report
  -P MIBOPTS\t\tToggle various defaults controlling mib parsing:
{}  -O OUTOPTS\t\tToggle various defaults controlling output display:
{}  -I INOPTS\t\tToggle various defaults controlling input parsing:
{}  -L LOGOPTS\t\tToggle various defaults controlling logging:
{}",
        netsnmp::VERSION,
        env!("CARGO_PKG_REPOSITORY"),
        netsnmp::indented(netsnmp::PARSER_USAGE),
        netsnmp::indented(netsnmp::OUTPUT_USAGE),
        netsnmp::indented(netsnmp::INPUT_USAGE),
        netsnmp::indented(netsnmp::LOG_USAGE),
    )
}

/// A few translations with the compiled-in modules.
fn tour(output: &mut impl Write) -> Result<(), Refusal> {
    for line in [
        "-On IF-MIB::ifOperStatus.3",
        "1.3.6.1.2.1.2.2.1.8.3",
        "-Of SNMPv2-MIB::sysDescr.0",
        "-OX IP-MIB::ipAddressIfIndex.ipv4.4.192.0.2.1",
        "-IR sysUpTime.0",
        "-On -Ib ^hrstorageused",
        "-Td IF-MIB::ifAdminStatus",
        "-Tp SNMPv2-MIB::snmpTrap",
    ] {
        writeln!(output, "$ {TOOL} {line}")?;
        // Not with what the environment asks for.
        let words = ["-m", "+", "-M", ""].into_iter().chain(line.split(' '));
        let command = Command::read(words.map(str::to_owned).collect())?;
        if let Some(command) = command {
            command.run(output)?;
        }
        writeln!(output)?;
    }
    Ok(())
}
