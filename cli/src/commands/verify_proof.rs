//! `pedigree verify-proof`: check a proof against a root, against files, or against what the chain knows.

use std::fs;
use std::path::Path;

use pedigree_manifest::{
    salted_chunk_root_at, About, Hash, Proof, ProofError, TensorProof, CHUNK_LEN, MAX_PROOF_JSON_BYTES,
};
use serde_json::{json, Value};

use super::prove::{below, read_at, what};
use super::Context;
use crate::args::VerifyProofArgs;
use crate::error::{AboutFile, Failure, Result};
use crate::output::{lossy, safe, table};
use crate::progress;
use crate::store::read_file;

pub(super) async fn run(context: &Context, args: &VerifyProofArgs) -> Result<()> {
    let proof = read(&args.proof)?;
    let claimed = proof.root();
    let root = args.root.unwrap_or(claimed);
    let chunk = chunk_bytes(context, args.path.as_deref(), &proof)?;
    let proven = check(&proof, &root, chunk.as_deref()).map_err(|error| refuse(error, args, &claimed))?;
    if let (About::Tensor(tensor), Some(path)) = (proof.about(), args.path.as_deref()) {
        compare_tensor(context, args, path, tensor, proof.salt())?;
    }
    let text = what(&proof);
    // Only a root that comes from elsewhere than the proof says anything about a release.
    let offline = args.root.is_some() || args.path.is_some();
    if offline {
        return context.output.answer(
            &json!({ "verified": true, "root": root, "proves": proven, "comparedWith": args.path.as_deref().map(lossy) }),
            |style| {
                let mut rows = vec![("root", root.to_string())];
                if let Some(path) = &args.path {
                    rows.push(("bytes", format!("those in {}", path.display())));
                }
                if args.root.is_none() {
                    rows.push((
                        "release",
                        style.yellow("not looked up: which releases have this root, the chain tells (leave out --path, or `pedigree show ROOT`)"),
                    ));
                }
                format!("{} {text} is in the release with this root\n{}", style.green("✓"), table(style, &rows))
            },
        );
    }
    let chain = context.chain().await?;
    let releases = chain.releases_by_root(&root).await?;
    let registered = !releases.is_empty();
    context.output.answer(
        &json!({ "verified": registered, "root": root, "proves": proven, "releases": releases }),
        |style| {
            if registered {
                format!(
                    "{} {text} is in\n{}  {}",
                    style.green("✓"),
                    super::show::list(style, &releases),
                    style.dim(root)
                )
            } else {
                format!("{} the proof leads to a root that no release has\n  {}", style.red("✗"), style.dim(root))
            }
        },
    )?;
    if registered {
        Ok(())
    } else {
        Err(Failure::answered_no())
    }
}

fn read(path: &Path) -> Result<Proof> {
    let bytes = read_file(path, u64::try_from(MAX_PROOF_JSON_BYTES).unwrap_or(u64::MAX), "proof")?;
    // A proof is JSON, or the same in SCALE.
    let proof = match std::str::from_utf8(&bytes) {
        Ok(json) if json.trim_start().starts_with('{') => Proof::from_json(json),
        _ => Proof::from_bytes(&bytes),
    };
    proof.map_err(|error| {
        Failure::input(format!("{} is no proof: {error}", path.display()))
            .hint("expected is a file that `pedigree prove` wrote")
    })
}

fn check(proof: &Proof, root: &Hash, chunk: Option<&[u8]>) -> Result<Value, ProofError> {
    let chunk = chunk.unwrap_or_default();
    serde_json::to_value(proof.verify(root, chunk)?).map_err(|_| ProofError::Malformed)
}

fn refuse(error: ProofError, args: &VerifyProofArgs, claimed: &Hash) -> Failure {
    let failure =
        Failure::no(format!("not proven: {error}")).details(json!({ "verified": false, "claimedRoot": claimed }));
    match (error, args.root) {
        (ProofError::WrongRoot, Some(root)) if root != *claimed => {
            failure.hint(format!("the proof is for the root {claimed}"))
        }
        (ProofError::WrongRoot, _) => failure.hint("the proof was altered, or damaged on its way"),
        (ProofError::Salt, _) => failure.hint("ask for a proof that was made with the salt (`prove --salt-file`)"),
        (ProofError::BytesDiffer, _) => failure.hint("the bytes are not those of the release"),
        _ => failure,
    }
}

/// The bytes that a proof of a chunk is about: they have to be shown.
fn chunk_bytes(context: &Context, path: Option<&Path>, proof: &Proof) -> Result<Option<Vec<u8>>> {
    let needed = || {
        Failure::usage("this proof is about a chunk's bytes, and they are not here to be compared")
            .hint("say where: --path with the release, the file, or the chunk itself (`prove --chunk-output`)")
    };
    let (index, length) = match proof.about() {
        About::Tensor(_) => return Ok(None),
        About::Absence(_) if path.is_none() => return Ok(None),
        About::Absence(_) => {
            return Err(Failure::usage("this proof is about a name: there are no bytes to be compared with --path")
                .hint("leave --path out; whether files have the root, `pedigree hash` tells"))
        }
        About::Chunk(proof) => (proof.chunk.index, proof.length),
        About::TensorChunk(proof) => (proof.chunk.index, proof.tensor.length),
    };
    let (begin, chunk_length) = pedigree_manifest::chunk_range(length, index)
        .ok_or_else(|| Failure::no("not proven: its number of leaves, place or length do not fit together"))?;
    let path = path.ok_or_else(needed)?;
    let size = fs::metadata(path).about("read", path)?.len();
    // The chunk by itself?
    let whole = match proof.about() {
        About::Chunk(proof) => proof.size,
        _ => u64::MAX,
    };
    if path.is_file() && size == u64::from(chunk_length) && size != whole {
        return read_file(path, CHUNK_LEN, "chunk").map(Some);
    }
    let (file, offset) = match proof.about() {
        About::Tensor(_) | About::Absence(_) => return Ok(None),
        About::Chunk(proof) => (below(path, &proof.path), proof.offset),
        About::TensorChunk(proof) => {
            let manifest = progress::hash(path, &context.output)?.told(path, &context.output).manifest;
            let named = manifest.tensors_named(&proof.tensor.name);
            let tensor = named
                .iter()
                .find(|tensor| *tensor.path == *proof.tensor.path)
                .or(named.first())
                .filter(|tensor| tensor.length == proof.tensor.length)
                .ok_or_else(|| {
                    Failure::no(format!("{} has no tensor {} of this length", path.display(), safe(&proof.tensor.name)))
                })?;
            (below(path, tensor.path), tensor.offset)
        }
    };
    let begin = offset.checked_add(begin).ok_or_else(needed)?;
    let end = begin.saturating_add(u64::from(chunk_length));
    if fs::metadata(&file).about("read", &file)?.len() < end {
        return Err(Failure::no(format!(
            "{} ends before byte {end}, so it is not the file of the release",
            file.display()
        )));
    }
    read_at(&file, begin, u64::from(chunk_length)).map(Some)
}

/// Whether the files have the very tensor, wherever it is in them.
fn compare_tensor(
    context: &Context,
    args: &VerifyProofArgs,
    path: &Path,
    proof: &TensorProof,
    tensor_salt: Option<&Hash>,
) -> Result<()> {
    // With the tensor's own salt its bytes are enough; otherwise the salt of the whole release is needed.
    let salt = if tensor_salt.is_none() { args.salt.salt(path)? } else { None };
    if tensor_salt.is_none() && proof.summary.is_salted() != salt.is_some() {
        return Err(Failure::usage("a tensor of a salted release is compared with a salt, and another without")
            .hint("name the salt with --salt-file, or ask for a proof that was made with it"));
    }
    let manifest = tokio::task::block_in_place(|| progress::hash_with(path, false, salt.as_ref(), &context.output))?;
    let manifest = manifest.told(path, &context.output).manifest;
    let proven = proof.verify(&proof.summary.root()).map_err(|error| Failure::no(format!("not proven: {error}")))?;
    let same = match tensor_salt {
        None => manifest.tensors().iter().any(|tensor| tensor.content_id == proven.content_id),
        Some(salt) => {
            let mut same = false;
            for tensor in manifest.tensors_named(proven.name) {
                let file = below(path, tensor.path);
                same |= (tensor.dtype, tensor.shape, tensor.length) == (proven.dtype, proven.shape, proven.length)
                    && salted_chunk_root_at(&file, tensor.offset, tensor.length, salt).about("read", &file)?
                        == proven.chunk_root;
            }
            same
        }
    };
    if same {
        return Ok(());
    }
    let there = manifest.tensors_named(proven.name);
    let message = if there.is_empty() {
        format!("{} has no tensor {}", path.display(), safe(proven.name))
    } else {
        format!("the tensor {} in {} has other bytes than the proof speaks of", safe(proven.name), path.display())
    };
    Err(Failure::no(message).details(json!({ "verified": false, "contentId": proven.content_id })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn what_is_no_proof_is_told_apart_from_a_false_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proof.json");
        for bytes in [&b"{}"[..], b"", b"{\"proof\":\"tensor\"}", b"\x00\x01", &[b' '; 70_000]] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(read(&path).unwrap_err().kind, Kind::Input);
        }
        assert_eq!(read(&folder.path().join("none")).unwrap_err().kind, Kind::Input);
    }
}
