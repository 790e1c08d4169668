//! What can go wrong, as one sentence that says what to do next, and the exit code that tells a script the same.

use std::fmt;
use std::process::ExitCode;

use serde_json::{json, Value};

pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// Who has to do something about a failure. Each kind is an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The question was answered, and the answer is no: it differs, it isn't proven, there is no such thing.
    No,
    /// The command line asks for something that makes no sense.
    Usage,
    /// The chain refuses.
    Refused,
    /// No node answers, or it went away.
    Node,
    /// A key is missing, locked or malformed.
    Key,
    /// A file can't be read or isn't what it claims to be.
    Input,
    /// The node serves another chain, or a runtime that this program doesn't fit.
    Mismatch,
}

impl Kind {
    /// What the process ends with.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::No => 1,
            Self::Usage => 2,
            Self::Refused => 3,
            Self::Node => 4,
            Self::Key => 5,
            Self::Input => 6,
            Self::Mismatch => 7,
        }
    }

    /// Its name in `--json` output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Usage => "usage",
            Self::Refused => "refused",
            Self::Node => "node",
            Self::Key => "key",
            Self::Input => "input",
            Self::Mismatch => "mismatch",
        }
    }
}

/// A failure to be shown to a person: what is wrong and, where it can be said, what to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    /// What a script may want besides the sentence: a pallet's error by name, the differences found.
    pub(crate) details: Option<Value>,
    /// The answer has been printed already; only the exit code is left to say.
    pub(crate) printed: bool,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl fmt::Display) -> Self {
        Self { kind, message: message.to_string(), hint: None, details: None, printed: false }
    }

    pub(crate) fn no(message: impl fmt::Display) -> Self {
        Self::new(Kind::No, message)
    }

    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub(crate) fn refused(message: impl fmt::Display) -> Self {
        Self::new(Kind::Refused, message)
    }

    pub(crate) fn node(message: impl fmt::Display) -> Self {
        Self::new(Kind::Node, message)
    }

    pub(crate) fn key(message: impl fmt::Display) -> Self {
        Self::new(Kind::Key, message)
    }

    pub(crate) fn input(message: impl fmt::Display) -> Self {
        Self::new(Kind::Input, message)
    }

    pub(crate) fn mismatch(message: impl fmt::Display) -> Self {
        Self::new(Kind::Mismatch, message)
    }

    /// The answer is no and stands on the screen.
    pub(crate) fn answered_no() -> Self {
        Self { printed: true, ..Self::no("the answer is no") }
    }

    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    pub(crate) fn details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// Whether the disk has no room, or can't be written to: nobody else's fault.
    pub(crate) fn is_full_disk(&self) -> bool {
        self.details.as_ref().is_some_and(|details| details.get("disk").is_some())
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind.code())
    }

    /// The shape of an error in `--json` output.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "error": {
                "kind": self.kind.name(),
                "code": self.kind.code(),
                "message": self.message,
                "hint": self.hint,
                "details": self.details,
            }
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Says which file an error of the system is about.
pub(crate) trait AboutFile<T> {
    /// `cannot VERB PATH: reason`.
    fn about(self, verb: &str, path: &std::path::Path) -> Result<T>;
}

impl<T> AboutFile<T> for std::io::Result<T> {
    fn about(self, verb: &str, path: &std::path::Path) -> Result<T> {
        use std::io::ErrorKind;

        self.map_err(|error| {
            let failure = Failure::input(format!("cannot {verb} {}: {error}", path.display()));
            match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
                    failure.details(json!({ "disk": error.kind().to_string() }))
                }
                _ => failure,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_exit_code() {
        let kinds = [Kind::No, Kind::Usage, Kind::Refused, Kind::Node, Kind::Key, Kind::Input, Kind::Mismatch];
        let codes: std::collections::BTreeSet<u8> = kinds.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), kinds.len());
        assert!(!codes.contains(&0));
    }

    #[test]
    fn json_has_message_hint_and_code() {
        let value = Failure::key("the password is wrong").hint("try again").to_json();
        assert_eq!(value["error"]["code"], 5);
        assert_eq!(value["error"]["message"], "the password is wrong");
        assert_eq!(value["error"]["hint"], "try again");
    }
}
