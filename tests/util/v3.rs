//! Users of SNMPv3 with every pair of protocols that Net-SNMP speaks.

use std::fmt::Write;
use std::net::SocketAddr;

use deferred_snmp::engine::Credentials;
use deferred_snmp::hlapi::{AuthData, AuthProtocol, PrivProtocol, UsmUserData};

use super::netsnmp::{self, NUMERIC, Printed};

pub const AUTH_PHRASE: &str = "authentication phrase";
pub const PRIV_PHRASE: &str = "a phrase for privacy";

/// What Net-SNMP names: 3DES is not among them.
const PRIVACY: [PrivProtocol; 6] = [
    PrivProtocol::Des,
    PrivProtocol::Aes128,
    PrivProtocol::Aes192Blumenthal,
    PrivProtocol::Aes256Blumenthal,
    PrivProtocol::Aes192Reeder,
    PrivProtocol::Aes256Reeder,
];

/// How a user of the agent is protected.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub auth: Option<AuthProtocol>,
    pub privacy: Option<PrivProtocol>,
}

impl Pair {
    pub fn all() -> Vec<Self> {
        let mut pairs = vec![Self {
            auth: None,
            privacy: None,
        }];
        for auth in AuthProtocol::ALL {
            let auth = Some(auth);
            pairs.push(Self {
                auth,
                privacy: None,
            });
            pairs.extend(PRIVACY.map(|privacy| Self {
                auth,
                privacy: Some(privacy),
            }));
        }
        pairs
    }

    pub fn name(self) -> String {
        let part = |name: Option<String>| name.unwrap_or_else(|| "none".to_owned());
        let auth = part(self.auth.map(|protocol| protocol.to_string()));
        let privacy = part(self.privacy.map(|protocol| protocol.to_string()));
        format!("user-{auth}-{privacy}")
    }

    pub fn level(self) -> &'static str {
        match (self.auth, self.privacy) {
            (None, _) => "noAuthNoPriv",
            (_, None) => "authNoPriv",
            _ => "authPriv",
        }
    }

    /// Lines of `snmpd.conf`.
    pub fn configuration(self) -> String {
        let (name, level) = (self.name(), self.level_in_files());
        format!(
            "createUser {}\nrwuser {name} {level} -V stable\n",
            self.secrets()
        )
    }

    /// Lines of `snmptrapd.conf`: the user's keys at the engine `sender`, for traps, and at its own.
    pub fn trapd_configuration(self, sender: &str) -> String {
        let (name, secrets, level) = (self.name(), self.secrets(), self.level_in_files());
        format!(
            "createUser -e {sender} {secrets}\ncreateUser {secrets}\nauthUser log {name} {level}\n"
        )
    }

    /// Name, protocols and phrases, as `createUser` takes them.
    fn secrets(self) -> String {
        let mut words = self.name();
        if let Some(auth) = self.auth {
            write!(words, " {auth} \"{AUTH_PHRASE}\"").expect("a string takes text");
        }
        if let Some(privacy) = self.privacy {
            write!(words, " {privacy} \"{PRIV_PHRASE}\"").expect("a string takes text");
        }
        words
    }

    fn level_in_files(self) -> &'static str {
        match self.level() {
            "noAuthNoPriv" => "noauth",
            "authNoPriv" => "auth",
            _ => "priv",
        }
    }

    pub fn user(self) -> Credentials {
        self.user_with(AUTH_PHRASE, PRIV_PHRASE)
    }

    pub fn user_with(self, auth_phrase: &str, priv_phrase: &str) -> Credentials {
        let user = UsmUserData::new(self.name());
        match (self.auth, self.privacy) {
            (Some(auth), Some(privacy)) => user
                .auth(auth, auth_phrase)
                .privacy(privacy, priv_phrase)
                .credentials(),
            (Some(auth), None) => user.auth(auth, auth_phrase).credentials(),
            (None, _) => user.credentials(),
        }
        .expect("phrases that are long enough")
    }

    /// Runs a tool of Net-SNMP as this user.
    pub fn run(self, address: SocketAddr, tool: &str, options: &[&str], names: &[&str]) -> Printed {
        let name = self.name();
        let address = address.to_string();
        let mut arguments = vec!["-v3", "-u", &name, "-l", self.level(), NUMERIC];
        let auth = self.auth.map(|protocol| protocol.to_string());
        if let Some(auth) = &auth {
            arguments.extend(["-a", auth, "-A", AUTH_PHRASE]);
        }
        let privacy = self.privacy.map(|protocol| protocol.to_string());
        if let Some(privacy) = &privacy {
            arguments.extend(["-x", privacy, "-X", PRIV_PHRASE]);
        }
        netsnmp::run(tool, &[&arguments, options, &[&*address], names].concat())
    }
}

pub const SHA_AES: Pair = Pair {
    auth: Some(AuthProtocol::Sha1),
    privacy: Some(PrivProtocol::Aes128),
};

/// How each of [`Pair::all`] fared, as a table.
pub fn table(title: &str, cells: &[&str]) -> String {
    let mut table = format!("{title}:\n");
    let heads = PRIVACY.map(|protocol| protocol.to_string());
    let head = |name: &str| format!(" {name:>9}");
    let heads: String = ["none"]
        .into_iter()
        .chain(heads.iter().map(String::as_str))
        .map(head)
        .collect();
    writeln!(table, "{:>9}{heads}", "").expect("a string takes text");
    let mut cells = cells.iter().copied();
    let names = AuthProtocol::ALL.map(|protocol| protocol.to_string());
    for (row, name) in ["none"]
        .into_iter()
        .chain(names.iter().map(|n| &**n))
        .enumerate()
    {
        let columns = if row == 0 { 1 } else { 1 + PRIVACY.len() };
        let line: String = cells.by_ref().take(columns).map(head).collect();
        writeln!(table, "{name:>9}{line}").expect("a string takes text");
    }
    table
}
