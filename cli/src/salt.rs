//! Salts, in files of their owner: one line of 64 hexadecimal digits.

use std::path::Path;

use pedigree_manifest::{Hash, Salt};

use crate::args::{NewSaltArgs, SaltArgs};
use crate::error::{AboutFile, Failure, Result};
use crate::output::Output;
use crate::store::{read_text, write_private};

impl SaltArgs {
    /// The salt that was named, for hashing this folder or file.
    pub(crate) fn salt(&self, hashed: &Path) -> Result<Option<Salt>> {
        self.salt_file.as_deref().map(|path| read(path, hashed)).transpose()
    }
}

impl NewSaltArgs {
    /// The salt that was named, or a new one, for hashing this folder or file.
    pub(crate) fn salt(&self, hashed: &Path, output: &Output) -> Result<Option<Salt>> {
        let Some(path) = &self.new_salt else { return self.salt.salt(hashed) };
        if path.exists() {
            return Err(Failure::usage(format!("{} is there already", path.display()))
                .hint("a salt is never overwritten; use the one that is there with --salt-file"));
        }
        check_apart(path, hashed)?;
        let mut bytes = [0; 32];
        getrandom::getrandom(&mut bytes)
            .map_err(|error| Failure::input(format!("the system gives no random bytes: {error}")))?;
        write_private(path, format!("{}\n", hex::encode(bytes)).as_bytes())?;
        output.step("Made", format!("a salt, in {}", path.display()));
        output.warning("keep it: without it nobody can show that these files are the release");
        read(path, hashed).map(Some)
    }
}

/// Who gets the files must not get the salt with them.
fn check_apart(path: &Path, hashed: &Path) -> Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (here, hashed) = (folder.canonicalize().about("find", folder)?, hashed.canonicalize().about("find", hashed)?);
    if here.starts_with(hashed) {
        return Err(Failure::usage(format!("the salt {} lies among the files that it is for", path.display()))
            .hint("move it out of the folder: who gets the files must not get the salt with them"));
    }
    Ok(())
}

fn read(path: &Path, hashed: &Path) -> Result<Salt> {
    check_apart(path, hashed)?;
    let text = read_text(path, 1024, "salt")?;
    let salt: Hash = text.trim().parse().map_err(|_| {
        Failure::input(format!("{} is no salt", path.display())).hint("expected are 64 hexadecimal digits")
    })?;
    Ok(Salt::from(<[u8; 32]>::from(salt)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use std::fs;

    fn new(path: &Path) -> NewSaltArgs {
        NewSaltArgs { salt: SaltArgs { salt_file: None }, new_salt: Some(path.to_owned()) }
    }

    #[test]
    fn new_salts_differ_and_are_never_overwritten() {
        let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let output = Output::new(false, true);
        let (one, two) = (home.path().join("one"), home.path().join("two"));
        let salt = new(&one).salt(folder.path(), &output).unwrap().unwrap();
        assert_ne!(new(&two).salt(folder.path(), &output).unwrap().unwrap(), salt);
        assert_eq!(new(&one).salt(folder.path(), &output).unwrap_err().kind, Kind::Usage);
        let again = SaltArgs { salt_file: Some(one) };
        assert_eq!(again.salt(folder.path()).unwrap(), Some(salt));
        assert_eq!(SaltArgs { salt_file: None }.salt(folder.path()).unwrap(), None);
    }

    #[test]
    fn what_is_no_salt_or_lies_among_the_files_is_refused() {
        let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let bad = home.path().join("bad");
        for text in ["", "00", "zz", &"0".repeat(63)] {
            fs::write(&bad, text).unwrap();
            assert_eq!(read(&bad, folder.path()).unwrap_err().kind, Kind::Input);
        }
        let within = folder.path().join("salt");
        fs::write(&within, "00".repeat(32)).unwrap();
        assert_eq!(read(&within, folder.path()).unwrap_err().kind, Kind::Usage);
        let another = folder.path().join("another");
        assert_eq!(new(&another).salt(folder.path(), &Output::new(false, true)).unwrap_err().kind, Kind::Usage);
        assert!(!another.exists());
    }
}
