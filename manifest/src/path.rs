//! Which paths a manifest may contain.
//!
//! A path names a file below the folder that was hashed, on every system alike: relative, `/` between components, UTF-8,
//! nothing that a file system or a terminal would read as something else. It is compared and sorted as bytes and is not
//! normalised: what the author called it is what it is called.

/// The longest path, in bytes.
pub const MAX_PATH: u32 = 1024;

/// The deepest path, in components.
pub const MAX_DEPTH: usize = 64;

/// Why a path can't be in a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// Nothing at all.
    #[error("it is empty")]
    Empty,
    /// More than [`MAX_PATH`] bytes.
    #[error("it is longer than {MAX_PATH} bytes; shorten a name")]
    TooLong,
    /// More than [`MAX_DEPTH`] components.
    #[error("it is deeper than {MAX_DEPTH} folders; flatten the tree")]
    TooDeep,
    /// `a//b`, `/a` or `a/`.
    #[error("it has an empty component (it must be relative, with single slashes)")]
    EmptyComponent,
    /// `.` or `..`.
    #[error("it has a component `.` or `..`")]
    DotComponent,
    /// `\`, which separates folders on some systems and not on others.
    #[error("it contains a backslash, which is a separator on some systems; rename it")]
    Backslash,
    /// U+0000 to U+001F or U+007F to U+009F.
    #[error("it contains a control character; rename it")]
    ControlCharacter,
}

/// Checks a path against the rules of the format.
///
/// # Errors
/// The first rule that the path breaks.
pub fn check_path(path: &str) -> Result<(), PathProblem> {
    if path.is_empty() {
        return Err(PathProblem::Empty);
    }
    if !u32::try_from(path.len()).is_ok_and(|length| length <= MAX_PATH) {
        return Err(PathProblem::TooLong);
    }
    if path.contains('\\') {
        return Err(PathProblem::Backslash);
    }
    if path.contains(char::is_control) {
        return Err(PathProblem::ControlCharacter);
    }
    let mut depth = 0_usize;
    for component in path.split('/') {
        match component {
            "" => return Err(PathProblem::EmptyComponent),
            "." | ".." => return Err(PathProblem::DotComponent),
            _ => depth = depth.saturating_add(1),
        }
    }
    if depth > MAX_DEPTH {
        return Err(PathProblem::TooDeep);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::String, vec};

    #[test]
    fn ordinary_paths_pass() {
        for path in ["a", "a/b", "config.json", "..a", "a..", "…/ü", " ", "c:x", &"a".repeat(1024)] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn each_rule_has_its_own_error() {
        let deep = vec!["a"; MAX_DEPTH + 1].join("/");
        let long: String = "a".repeat(1025);
        for (path, problem) in [
            ("", PathProblem::Empty),
            (long.as_str(), PathProblem::TooLong),
            (deep.as_str(), PathProblem::TooDeep),
            ("/a", PathProblem::EmptyComponent),
            ("a/", PathProblem::EmptyComponent),
            ("a//b", PathProblem::EmptyComponent),
            ("./a", PathProblem::DotComponent),
            ("a/../b", PathProblem::DotComponent),
            ("a\\b", PathProblem::Backslash),
            ("a\0b", PathProblem::ControlCharacter),
            ("a\nb", PathProblem::ControlCharacter),
            ("a\u{85}b", PathProblem::ControlCharacter),
        ] {
            assert_eq!(check_path(path), Err(problem), "{path:?}");
        }
    }
}
