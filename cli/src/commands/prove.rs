//! `pedigree prove`: that a tensor, or a chunk of a file or tensor, is part of a release, or that no tensor of a name is.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use pedigree_manifest::{
    chunk_count, prove_chunk, prove_salted_chunk, prove_salted_tensor_chunk, prove_tensor_chunk, About, Manifest,
    Proof, ProveError, Salt, CHUNK_LEN,
};
use serde_json::json;

use super::Context;
use crate::args::ProveArgs;
use crate::error::{AboutFile, Failure, Result};
use crate::output::{lossy, safe, size};
use crate::progress;
use crate::store::{read_manifest, write_public};

pub(super) fn run(context: &Context, args: &ProveArgs) -> Result<()> {
    let output = context.output;
    let salt = args.salt.salt(&args.path)?;
    let manifest = match &args.manifest {
        Some(path) => read_manifest(path)?,
        None => progress::hash_with(&args.path, false, salt.as_ref(), &output)?.told(&args.path, &output).manifest,
    };
    let proof = prove(args, &manifest, salt.as_ref())?;
    let root = proof.root();
    let what = what(&proof);
    if let Some(path) = &args.chunk_output {
        write_public(path, &chunk_of(&args.path, &manifest, &proof)?)?;
        output.step("Wrote", format!("the chunk to {}", path.display()));
    }
    let Some(path) = &args.output else {
        // The proof itself is the answer, so that it can be piped.
        output.step("Proved", format!("{what} is in {root}"));
        return output.print(&proof.to_json());
    };
    let json = proof.to_json();
    write_public(path, json.as_bytes())?;
    let bytes = u64::try_from(json.len()).unwrap_or(u64::MAX);
    output.step("Proved", format!("{what}, in {} ({})", path.display(), size(bytes)));
    output.answer(&json!({ "root": root, "proves": what, "proof": lossy(path), "bytes": bytes }), |style| {
        format!("{}\n  {what}\n  check it with `pedigree verify-proof {}`", style.bold(root), path.display())
    })
}

fn prove(args: &ProveArgs, manifest: &Manifest, salt: Option<&Salt>) -> Result<Proof> {
    if let Some(name) = &args.absent {
        return manifest.prove_absence(name).map(Proof::Absence).map_err(|error| explain(error, args, manifest));
    }
    let proof = match (&args.tensor, &args.file, args.chunk) {
        (Some(tensor), _, None) => match salt {
            None => manifest.prove_tensor(tensor, args.in_file.as_deref()).map(Proof::Tensor),
            Some(salt) => manifest.prove_salted_tensor(tensor, args.in_file.as_deref(), salt).map(Proof::Salted),
        },
        (Some(tensor), _, Some(chunk)) => {
            let offset = chunk.checked_mul(CHUNK_LEN).ok_or_else(|| no_such_chunk(tensor, chunk))?;
            let (base, file) = (&args.path, args.in_file.as_deref());
            match salt {
                None => prove_tensor_chunk(base, manifest, tensor, file, offset).map(Proof::TensorChunk),
                Some(salt) => prove_salted_tensor_chunk(base, manifest, tensor, file, offset, salt).map(Proof::Salted),
            }
        }
        (None, Some(file), chunk) => {
            let chunk = chunk.unwrap_or_default();
            let known = manifest.file(file).ok_or_else(|| no_such_file(file, manifest))?;
            let offset = offset_of_chunk(known, chunk).ok_or_else(|| no_such_chunk(file, chunk))?;
            match salt {
                None => prove_chunk(&args.path, manifest, file, offset).map(Proof::Chunk),
                Some(salt) => prove_salted_chunk(&args.path, manifest, file, offset, salt).map(Proof::Salted),
            }
        }
        (None, None, _) => {
            return Err(Failure::usage("say what to prove: --tensor NAME, --file PATH --chunk N, or --absent NAME"))
        }
    };
    proof.map_err(|error| explain(error, args, manifest))
}

fn explain(error: ProveError, args: &ProveArgs, manifest: &Manifest) -> Failure {
    let failure = Failure::input(&error);
    match error {
        ProveError::NoSuchTensor { .. } => {
            let wanted = args.tensor.as_deref().unwrap_or_default();
            let near = nearest(wanted, manifest.tensors().iter().map(|tensor| tensor.name));
            Failure::no(failure.message).hint(near)
        }
        ProveError::Present { .. } => Failure::no(failure.message),
        ProveError::Salt => Failure::usage(failure.message)
            .hint("for a salted release name its salt with --salt-file; for another leave that out"),
        ProveError::Differs { .. } if args.salt.salt_file.is_some() => failure.hint("or the salt is another"),
        ProveError::NameTooLong => Failure::usage(failure.message),
        ProveError::Ambiguous { .. } => Failure::usage(failure.message).hint("say which with --in-file PATH"),
        ProveError::BeyondEnd { .. } => {
            Failure::usage(failure.message).hint("chunks have 16 KiB and are counted from 0")
        }
        _ => failure,
    }
}

fn no_such_file(file: &str, manifest: &Manifest) -> Failure {
    Failure::no(format!("{}: no such file in the release", safe(file)))
        .hint(nearest(file, manifest.files.iter().map(|file| file.path.as_str())))
}

fn no_such_chunk(what: &str, chunk: u64) -> Failure {
    Failure::usage(format!("{}: there is no chunk {chunk}", safe(what)))
        .hint("chunks have 16 KiB and are counted from 0")
}

/// What somebody may have meant: the names that begin and end most like it.
fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> String {
    let common = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| {
        one.zip(other).take_while(|(one, other)| one == other).count()
    };
    let score = |name: &str| {
        common(&mut name.chars(), &mut wanted.chars())
            .saturating_add(common(&mut name.chars().rev(), &mut wanted.chars().rev()))
    };
    let mut scored: Vec<(usize, &str)> = names.map(|name| (score(name), name)).collect();
    scored.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    match scored.as_slice() {
        [] => "there are none at all".to_owned(),
        some => {
            let shown: Vec<String> = some.iter().take(3).map(|(_, name)| safe(name)).collect();
            let more = if some.len() > shown.len() { format!(", … ({} in all)", some.len()) } else { String::new() };
            format!("there are {}{more}", shown.join(", "))
        }
    }
}

/// Where the chunk of that number begins: chunks are counted through the file, from segment to segment.
fn offset_of_chunk(file: &pedigree_manifest::File, chunk: u64) -> Option<u64> {
    let mut left = chunk;
    for segment in &file.segments {
        let chunks = chunk_count(segment.length);
        if left < chunks {
            return segment.offset.checked_add(left.checked_mul(CHUNK_LEN)?);
        }
        left = left.checked_sub(chunks)?;
    }
    None
}

/// What a proof proves, in words. It is what the proof claims: whether it is so, verifying says.
pub(super) fn what(proof: &Proof) -> String {
    let tensor = |proof: &pedigree_manifest::TensorProof| {
        let shape: Vec<String> = proof.shape.iter().map(u64::to_string).collect();
        format!("tensor {} ({} [{}], {})", safe(&proof.name), safe(&proof.dtype), shape.join(", "), size(proof.length))
    };
    match proof.about() {
        About::Tensor(proof) => tensor(proof),
        About::Chunk(proof) => {
            let begin = proof.chunk.index.saturating_mul(CHUNK_LEN).saturating_add(proof.offset);
            format!("the chunk at byte {begin} of {}", safe(&proof.path))
        }
        About::TensorChunk(proof) => {
            let begin = proof.chunk.index.saturating_mul(CHUNK_LEN);
            format!("the chunk at byte {begin} of {}", tensor(&proof.tensor))
        }
        About::Absence(proof) => format!("no tensor named {}", safe(&proof.name)),
    }
}

/// The bytes of the chunk that a proof is about, out of the release it was made from.
fn chunk_of(base: &Path, manifest: &Manifest, proof: &Proof) -> Result<Vec<u8>> {
    let (path, begin, length) = match proof.about() {
        About::Tensor(_) | About::Absence(_) => {
            return Err(Failure::usage("only a proof of a chunk has a chunk to write").hint("add --chunk N"))
        }
        About::Chunk(proof) => place(&proof.path, proof.offset, proof.length, proof.chunk.index)?,
        About::TensorChunk(proof) => {
            let named = manifest.tensors_named(&proof.tensor.name);
            let tensor = named.iter().find(|tensor| *tensor.path == *proof.tensor.path);
            let tensor = tensor.ok_or_else(|| Failure::input("the tensor isn't in the manifest"))?;
            place(tensor.path, tensor.offset, tensor.length, proof.chunk.index)?
        }
    };
    read_at(&below(base, path), begin, length)
}

/// A chunk's file, first byte and length.
fn place(path: &str, offset: u64, length: u64, index: u64) -> Result<(&str, u64, u64)> {
    let (begin, length) = pedigree_manifest::chunk_range(length, index)
        .ok_or_else(|| Failure::input("the proof is about a chunk that can't be"))?;
    let begin = offset.checked_add(begin).ok_or_else(|| Failure::input("the proof is about a chunk that can't be"))?;
    Ok((path, begin, u64::from(length)))
}

/// A file of a release that is a folder, or a file itself.
pub(super) fn below(base: &Path, path: &str) -> PathBuf {
    if base.is_dir() {
        base.join(path)
    } else {
        base.to_owned()
    }
}

/// So many bytes from there, no more than a chunk.
pub(super) fn read_at(path: &Path, begin: u64, length: u64) -> Result<Vec<u8>> {
    let mut bytes = vec![0u8; usize::try_from(length.min(CHUNK_LEN)).unwrap_or_default()];
    File::open(path)
        .and_then(|mut file| {
            file.seek(SeekFrom::Start(begin))?;
            file.read_exact(&mut bytes)
        })
        .about("read", path)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn chunks_are_counted_through_all_segments() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("big"), vec![7u8; 40_000]).unwrap();
        let manifest = pedigree_manifest::hash_path(folder.path(), &pedigree_manifest::Options::default()).unwrap();
        let file = manifest.file("big").unwrap();
        assert_eq!(offset_of_chunk(file, 0), Some(0));
        assert_eq!(offset_of_chunk(file, 2), Some(32_768));
        assert_eq!(offset_of_chunk(file, 3), None);
    }

    #[test]
    fn what_was_meant_is_guessed() {
        let names = ["encoder.layer.0.weight", "encoder.layer.1.weight", "pooler.bias"];
        assert!(nearest("pooler.bia", names.into_iter()).starts_with("there are pooler.bias, "));
        assert_eq!(nearest("x", std::iter::empty()), "there are none at all");
    }
}
