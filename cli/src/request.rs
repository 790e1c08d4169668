//! From what was typed to what is handed to the chain.

use std::path::Path;

use pedigree_manifest::{Hash, Summary};
use subxt::config::substrate::BlakeTwo256;
use subxt::config::Hasher;

use crate::args::{RegisterArgs, ReleaseArgs};
use crate::chain::views::{DigestView, ManifestSummary, ParentRequest, ReleaseRequest, ReleaseView, Terms};
use crate::chain::{Chain, Limits};
use crate::error::{Failure, Result};
use crate::names::{DigestArg, ExternalDigest, ParentArg};
use crate::output::Output;
use crate::progress::Hashed;
use crate::store::read_file;

/// The chain's own hash.
pub(crate) fn blake2_256(bytes: &[u8]) -> Hash {
    Hash(BlakeTwo256.hash(bytes).0)
}

/// The hash of a reservation: what is committed to before a name or a root is shown.
pub(crate) fn reservation_hash(genesis: &Hash, account: &[u8; 32], salt: &Hash, subject: &Hash) -> Hash {
    let parts = [genesis.as_bytes(), account, salt.as_bytes(), subject.as_bytes()];
    blake2_256(&parts.into_iter().flatten().copied().collect::<Vec<u8>>())
}

/// What would give away the files of a salted release is refused.
pub(crate) fn check_salt(args: &RegisterArgs) -> Result<()> {
    let salted = args.salt.new_salt.is_some() || args.salt.salt.salt_file.is_some();
    if salted && wants_sha256(&args.release) {
        return Err(Failure::usage("the SHA-256 of the files would give away what the salt hides")
            .hint("leave out --digest sha256, or the salt"));
    }
    Ok(())
}

/// The release that the arguments describe. Its card is looked for in `folder`, if none is named.
pub(crate) fn release(
    args: &ReleaseArgs,
    folder: Option<&Path>,
    summary: &Summary,
    royalty: u32,
    parents: Vec<ParentRequest>,
    digests: Vec<DigestView>,
) -> Result<ReleaseRequest> {
    Ok(ReleaseRequest {
        manifest: manifest_summary(summary),
        terms: Terms {
            licence: args.licence.trim().to_owned(),
            commercial_use: !args.no_commercial,
            derivatives: !args.no_derivatives,
            share_alike: args.share_alike,
            attribution: args.attribution,
            royalty,
        },
        parents,
        card: card(args.card.as_deref(), folder)?,
        locations: args.location.clone(),
        digests,
    })
}

/// Whether the SHA-256 of the files is to be registered with them.
pub(crate) fn wants_sha256(args: &ReleaseArgs) -> bool {
    args.digest.contains(&DigestArg::Sha256)
}

/// The digests that the arguments name, and those of the files if they ask for them: the largest first, as many as there
/// is room for.
pub(crate) fn digests(args: &ReleaseArgs, hashed: &Hashed, limits: &Limits, output: &Output) -> Vec<DigestView> {
    let told: Vec<_> = args.digest.iter().filter_map(DigestArg::told).map(ExternalDigest::view).collect();
    let files = hashed.digests().map(|(file, digest)| (file.size, ExternalDigest::sha256(digest).view())).collect();
    let (digests, left_out) = fill(told, files, limits.digests);
    if left_out > 0 {
        output.warning(format!(
            "a release carries at most {} digests: those of its {} are left out (`pedigree hash --digest sha256` tells them)",
            limits.digests,
            match left_out {
                1 => "smallest file".to_owned(),
                several => format!("{several} smallest files"),
            }
        ));
    }
    digests
}

/// Adds digests of files with their sizes, each once, none of empty files; says how many there was no room for.
fn fill(told: Vec<DigestView>, mut files: Vec<(u64, DigestView)>, most: u32) -> (Vec<DigestView>, usize) {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    // Of files of one size, the first by path comes first.
    files.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let mut digests = told;
    let mut left_out = 0_usize;
    for (_, digest) in files.into_iter().filter(|(size, _)| *size > 0) {
        if digests.contains(&digest) {
            continue;
        }
        if digests.len() < most {
            digests.push(digest);
        } else {
            left_out = left_out.saturating_add(1);
        }
    }
    (digests, left_out)
}

/// What a registration says of the files.
pub(crate) fn manifest_summary(summary: &Summary) -> ManifestSummary {
    ManifestSummary {
        root: summary.root(),
        files: summary.file_count,
        tensors: summary.tensor_count,
        bytes: summary.total_bytes,
    }
}

/// The digest of the card: the file named, or the folder's README.md.
fn card(named: Option<&Path>, folder: Option<&Path>) -> Result<Option<Hash>> {
    let usual = || folder.map(|folder| folder.join("README.md")).filter(|usual| usual.is_file());
    let Some(path) = named.map(Path::to_owned).or_else(usual) else { return Ok(None) };
    let bytes = read_file(&path, u64::MAX, "card")?;
    Ok(Some(blake2_256(&bytes)))
}

/// Says what a licence seems to ask and the flags don't.
pub(crate) fn check_licence(args: &ReleaseArgs, output: &Output) {
    let licence = args.licence.to_ascii_uppercase();
    // Only where the expression is a single licence: of several, who uses it chooses.
    if licence.contains(' ') || !licence.starts_with("CC-BY") {
        return;
    }
    let asked = [
        (licence.contains("-NC"), args.no_commercial, "--no-commercial"),
        (licence.contains("-ND"), args.no_derivatives, "--no-derivatives"),
        (licence.contains("-SA"), args.share_alike, "--share-alike"),
        (true, args.attribution, "--attribution"),
    ];
    for (asks, given, flag) in asked {
        if asks && !given {
            output.warning(format!(
                "{} asks for it, and {flag} is not given: the chain checks the flags only",
                args.licence
            ));
        }
    }
}

/// The parents that were named, looked up.
pub(crate) async fn parents(
    chain: &Chain,
    args: &[ParentArg],
    limits: &Limits,
    output: &Output,
) -> Result<Vec<(ParentRequest, ReleaseView)>> {
    if u32::try_from(args.len()).is_ok_and(|count| count > limits.parents) {
        return Err(Failure::refused(format!(
            "a release names at most {} parents, and these are {}",
            limits.parents,
            args.len()
        ))
        .hint("name what it was built from directly; what those were built from follows from them"));
    }
    let mut parents = Vec::new();
    for arg in args {
        let path = arg.path.to_string();
        let release = chain.release(&path).await?.ok_or_else(|| {
            Failure::refused(format!("parent {path}: there is no such release"))
                .hint("parents must be registered first; somebody else's public files can be catalogued: `pedigree catalogue`")
        })?;
        if arg.path.number.is_none() {
            output.note(format!("parent {path}: its latest release, {}, is meant", release.name));
        }
        if let Some(yank) = &release.yanked {
            let instead = yank.successor_name.as_ref().map(|name| format!("; use {name} instead")).unwrap_or_default();
            output.warning(format!(
                "parent {} is yanked: {}{}",
                release.name,
                crate::output::safe(&yank.reason),
                crate::output::safe(&instead)
            ));
        }
        let request = ParentRequest { release: release.name.clone(), relation: arg.relation, id: release.id };
        parents.push((request, release));
    }
    Ok(parents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_reservation_is_the_hash_of_its_four_parts() {
        let hash = reservation_hash(&Hash([1; 32]), &[2; 32], &Hash([3; 32]), &Hash([4; 32]));
        let mut bytes = Vec::new();
        for part in 1..=4u8 {
            bytes.extend_from_slice(&[part; 32]);
        }
        assert_eq!(hash, blake2_256(&bytes));
        // BLAKE2b-256 of nothing, as everywhere.
        assert_eq!(blake2_256(b"").to_string(), "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    }

    #[test]
    fn the_card_is_the_readme_unless_another_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(card(None, Some(folder.path())).unwrap(), None);
        fs::write(folder.path().join("README.md"), "card").unwrap();
        assert_eq!(card(None, Some(folder.path())).unwrap(), Some(blake2_256(b"card")));
        assert_eq!(card(None, None).unwrap(), None);
        let other = folder.path().join("CARD.md");
        fs::write(&other, "other").unwrap();
        assert_eq!(card(Some(&other), Some(folder.path())).unwrap(), Some(blake2_256(b"other")));
        assert!(card(Some(&folder.path().join("none")), None).is_err());
    }

    #[test]
    fn digests_of_the_largest_files_fill_what_room_there_is() {
        let digest = |byte: u8| ExternalDigest::sha256(&[byte; 32]).view();
        let told = vec![digest(200)];
        let files: Vec<_> = (0..10u8).map(|size| (u64::from(size), digest(size))).collect();
        let (digests, left_out) = fill(told.clone(), files, 8);
        assert_eq!(digests, [200, 9, 8, 7, 6, 5, 4, 3].map(digest));
        // 2 and 1: the file of size 0 is empty, like many others.
        assert_eq!(left_out, 2);
        assert_eq!(
            fill(told.clone(), vec![(5, digest(200)), (4, digest(1)), (3, digest(1))], 8),
            (vec![digest(200), digest(1)], 0)
        );
        assert_eq!(fill(told.clone(), vec![], 8), (told, 0));
    }
}
