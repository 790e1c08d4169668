//! From what was typed to what is handed to the chain.

use std::fs;
use std::path::{Path, PathBuf};

use pedigree_manifest::{Hash, Summary};
use subxt::config::substrate::BlakeTwo256;
use subxt::config::Hasher;

use crate::args::ReleaseArgs;
use crate::chain::views::{ManifestSummary, ParentRequest, ReleaseRequest, ReleaseView, Terms};
use crate::chain::Chain;
use crate::error::{AboutFile, Failure, Result};
use crate::names::ParentArg;
use crate::output::Output;

/// The chain's own hash.
pub(crate) fn blake2_256(bytes: &[u8]) -> Hash {
    Hash(BlakeTwo256.hash(bytes).0)
}

/// The hash of a reservation: what is committed to before a name or a root is shown.
pub(crate) fn reservation_hash(genesis: &Hash, account: &[u8; 32], salt: &Hash, subject: &Hash) -> Hash {
    let parts = [genesis.as_bytes(), account, salt.as_bytes(), subject.as_bytes()];
    blake2_256(&parts.into_iter().flatten().copied().collect::<Vec<u8>>())
}

/// The release that the arguments describe.
pub(crate) fn release(
    args: &ReleaseArgs,
    folder: &Path,
    summary: &Summary,
    royalty: u32,
    parents: Vec<ParentRequest>,
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
        digests: args.digest.iter().map(crate::names::ExternalDigest::view).collect(),
    })
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
fn card(named: Option<&Path>, folder: &Path) -> Result<Option<Hash>> {
    let path: PathBuf = match named {
        Some(path) => path.to_owned(),
        None => {
            let usual = folder.join("README.md");
            if !usual.is_file() {
                return Ok(None);
            }
            usual
        }
    };
    let bytes = fs::read(&path).about("read the card", &path)?;
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
    output: &Output,
) -> Result<Vec<(ParentRequest, ReleaseView)>> {
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
        assert_eq!(card(None, folder.path()).unwrap(), None);
        fs::write(folder.path().join("README.md"), "card").unwrap();
        assert_eq!(card(None, folder.path()).unwrap(), Some(blake2_256(b"card")));
        let other = folder.path().join("CARD.md");
        fs::write(&other, "other").unwrap();
        assert_eq!(card(Some(&other), folder.path()).unwrap(), Some(blake2_256(b"other")));
        assert!(card(Some(&folder.path().join("none")), folder.path()).is_err());
    }
}
