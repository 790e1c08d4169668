//! Making proofs. A tensor's needs the manifest alone; a chunk's also the segment it is in, which is read again.

use crate::{
    error::ProveError,
    hash::Hash,
    manifest::{count, File, Manifest},
    proof::{AbsenceProof, Branch, Neighbour, Salted, SaltedProof, TensorProof},
    salt::Salt,
    segment::{Content, Segment},
    tensor::Tensor,
    tree, InvalidManifest,
};
use alloc::{borrow::ToOwned, vec::Vec};
#[cfg(feature = "std")]
pub use from_files::{prove_chunk, prove_salted_chunk, prove_salted_tensor_chunk, prove_tensor_chunk};

/// What no manifest that passed [`Manifest::check`] runs into.
fn invalid(path: &str) -> ProveError {
    ProveError::Invalid(InvalidManifest::Layout { path: path.to_owned() })
}

/// The branch of leaf `index` of a tree whose leaves are all at hand.
fn branch(leaves: Vec<Hash>, index: usize) -> Option<Branch> {
    let siblings = tree::branch(leaves, index).try_into().ok()?;
    Some(Branch { index: count(index), siblings })
}

impl Manifest {
    /// Proves that a tensor is in this release. `path` says in which file, if several have one of this name.
    ///
    /// # Errors
    /// If there is no such tensor, or several.
    pub fn prove_tensor(&self, name: &str, path: Option<&str>) -> Result<TensorProof, ProveError> {
        let tensor = self.one_tensor(name, path)?;
        let invalid = || invalid(tensor.path);
        let index = self
            .tensors()
            .binary_search_by_key(&(tensor.name, tensor.path), |other| (other.name, other.path))
            .map_err(|_| invalid())?;
        Ok(TensorProof {
            summary: self.summary(),
            name: tensor.name.try_into().map_err(|_| invalid())?,
            path: tensor.path.try_into().map_err(|_| invalid())?,
            dtype: tensor.dtype.try_into().map_err(|_| invalid())?,
            shape: tensor.shape.to_vec().try_into().map_err(|_| invalid())?,
            length: tensor.length,
            chunk_root: tensor.chunk_root,
            tensor: branch(self.tensor_leaves(), index).ok_or_else(invalid)?,
        })
    }

    /// Proves that no file of this release has a tensor of this name.
    ///
    /// # Errors
    /// If one has, or the name is longer than a tensor's can be (and needs no proof).
    pub fn prove_absence(&self, name: &str) -> Result<AbsenceProof, ProveError> {
        let wanted = name.try_into().map_err(|_| ProveError::NameTooLong)?;
        let tensors = self.tensors();
        let after = tensors.partition_point(|tensor| tensor.name < name);
        if let Some(tensor) = tensors.get(after).filter(|tensor| tensor.name == name) {
            return Err(ProveError::Present { name: name.to_owned(), path: tensor.path.to_owned() });
        }
        let leaves = self.tensor_leaves();
        let neighbour = |place: usize| -> Result<Option<Neighbour>, ProveError> {
            let Some(tensor) = tensors.get(place) else { return Ok(None) };
            let invalid = || invalid(tensor.path);
            Ok(Some(Neighbour {
                name: tensor.name.try_into().map_err(|_| invalid())?,
                path: tensor.path.try_into().map_err(|_| invalid())?,
                content_id: tensor.content_id,
                tensor: branch(leaves.clone(), place).ok_or_else(invalid)?,
            }))
        };
        Ok(AbsenceProof {
            summary: self.summary(),
            name: wanted,
            before: after.checked_sub(1).map_or(Ok(None), neighbour)?,
            after: neighbour(after)?,
        })
    }

    /// Proves that a tensor is in this salted release, with the tensor's salt: whoever has the proof can recognise the
    /// tensor's bytes, and no others. (Without it, [`prove_tensor`](Self::prove_tensor) lets nobody recognise any.)
    ///
    /// # Errors
    /// As [`prove_tensor`](Self::prove_tensor); and if the release is not salted.
    pub fn prove_salted_tensor(&self, name: &str, path: Option<&str>, salt: &Salt) -> Result<SaltedProof, ProveError> {
        if !self.salted {
            return Err(ProveError::Salt);
        }
        let proof = self.prove_tensor(name, path)?;
        let (salt, _, _) = self.place_of(&proof, Some(salt)).ok_or_else(|| invalid(&proof.path))?;
        Ok(SaltedProof { salt: salt.unwrap_or_default(), proof: Salted::Tensor(proof) })
    }

    /// The file and segment of a tensor that was proven, and the segment's salt.
    fn place_of(&self, proof: &TensorProof, salt: Option<&Salt>) -> Option<(Option<Hash>, &File, &Segment)> {
        let named =
            |segment: &Segment| matches!(&segment.content, Content::Tensor(tensor) if tensor.name == *proof.name);
        let file = self.file(&proof.path)?;
        let (index, segment) = (0_u64..).zip(&file.segments).find(|(_, segment)| named(segment))?;
        Some((salt.map(|salt| salt.of_segment(&file.path, index)), file, segment))
    }

    fn one_tensor(&self, name: &str, path: Option<&str>) -> Result<Tensor<'_>, ProveError> {
        let mut named = self.tensors_named(name);
        named.retain(|tensor| path.is_none_or(|path| tensor.path == path));
        match named.as_slice() {
            [] => Err(ProveError::NoSuchTensor { name: name.to_owned() }),
            [tensor] => Ok(*tensor),
            several => {
                let paths: Vec<&str> = several.iter().map(|tensor| tensor.path).collect();
                Err(ProveError::Ambiguous { name: name.to_owned(), paths: paths.join(", ") })
            }
        }
    }
}

#[cfg(feature = "std")]
mod from_files {
    use super::{branch, invalid};
    use crate::{
        error::ProveError,
        hash::Hash,
        hasher::{open, subtree, unreadable},
        manifest::{count, file_leaves, File, Manifest},
        proof::{Branch, ChunkProof, Salted, SaltedProof, SegmentContent, TensorChunkProof},
        salt::{of_chunk, Salt},
        segment::{Content, Segment},
        source::Source,
        tensor::TensorHeader,
        tree::{chunk_count, root_of_branch, CHUNK_LEN},
        walk,
    };
    use alloc::{borrow::ToOwned, vec::Vec};
    use core::ops::Range;
    use std::path::Path;

    /// Proves that the chunk with byte `offset` of the file `path` is in the release. `base` is the folder (or file) that was
    /// hashed to `manifest`; the segment with that byte is read.
    ///
    /// The chunk to show with the proof begins at [`ProvenChunk::offset`](crate::ProvenChunk): chunks are counted from the
    /// beginning of their segment.
    ///
    /// # Errors
    /// If there is no such byte, or the file can't be read or is not that of the manifest any more.
    pub fn prove_chunk(base: &Path, manifest: &Manifest, path: &str, offset: u64) -> Result<ChunkProof, ProveError> {
        Ok(chunk(base, manifest, path, offset, None)?.0)
    }

    /// The same in a salted release. The proof has the chunk's salt, which says nothing about other chunks.
    ///
    /// # Errors
    /// As [`prove_chunk`].
    pub fn prove_salted_chunk(
        base: &Path,
        manifest: &Manifest,
        path: &str,
        offset: u64,
        salt: &Salt,
    ) -> Result<SaltedProof, ProveError> {
        let (proof, segment) = chunk(base, manifest, path, offset, Some(salt))?;
        Ok(SaltedProof { salt: of_chunk(&segment, proof.chunk.index), proof: Salted::Chunk(proof) })
    }

    /// Proves a chunk of a file; the salt is that of its segment.
    fn chunk(
        base: &Path,
        manifest: &Manifest,
        path: &str,
        offset: u64,
        salt: Option<&Salt>,
    ) -> Result<(ChunkProof, Hash), ProveError> {
        if manifest.salted != salt.is_some() {
            return Err(ProveError::Salt);
        }
        let no_such_file = || ProveError::NoSuchFile { path: path.to_owned() };
        let file = manifest.file(path).ok_or_else(no_such_file)?;
        let beyond = || ProveError::BeyondEnd { path: path.to_owned(), offset };
        let (place, segment, within) = file
            .segments
            .iter()
            .enumerate()
            .find_map(|(place, segment)| {
                let within = offset.checked_sub(segment.offset)?;
                (within < segment.length).then_some((place, segment, within))
            })
            .ok_or_else(beyond)?;
        let files = file_leaves(&manifest.files);
        let place_of_file = manifest.files.iter().position(|file| file.path == path).ok_or_else(no_such_file)?;
        let invalid = || invalid(path);
        let content = match &segment.content {
            Content::Opaque => SegmentContent::Opaque,
            Content::Header => SegmentContent::Header,
            Content::Tensor(TensorHeader { dtype, shape, .. }) => SegmentContent::Tensor {
                dtype: dtype.as_str().try_into().map_err(|_| invalid())?,
                shape: shape.clone().try_into().map_err(|_| invalid())?,
            },
            Content::Padding => SegmentContent::Padding,
        };
        let salt = salt.map(|salt| salt.of_segment(path, count(place)));
        let proof = ChunkProof {
            summary: manifest.summary(),
            path: path.try_into().map_err(|_| invalid())?,
            size: file.size,
            segment_count: count(file.segments.len()),
            content,
            offset: segment.offset,
            length: segment.length,
            chunk_root: segment.chunk_root,
            chunk: chunk_branch(base, file, segment, within, salt)?,
            segment: branch(file.segment_leaves(), place).ok_or_else(invalid)?,
            file: branch(files, place_of_file).ok_or_else(invalid)?,
        };
        Ok((proof, salt.unwrap_or_default()))
    }

    /// Proves that the chunk with byte `offset` of a tensor is in the release; see [`prove_chunk`] and
    /// [`Manifest::prove_tensor`].
    ///
    /// # Errors
    /// As those two.
    pub fn prove_tensor_chunk(
        base: &Path,
        manifest: &Manifest,
        name: &str,
        path: Option<&str>,
        offset: u64,
    ) -> Result<TensorChunkProof, ProveError> {
        Ok(tensor_chunk(base, manifest, (name, path), offset, None)?.0)
    }

    /// The same in a salted release. The proof has the chunk's salt, which says nothing about other chunks.
    ///
    /// # Errors
    /// As [`prove_tensor_chunk`].
    pub fn prove_salted_tensor_chunk(
        base: &Path,
        manifest: &Manifest,
        name: &str,
        path: Option<&str>,
        offset: u64,
        salt: &Salt,
    ) -> Result<SaltedProof, ProveError> {
        let (proof, segment) = tensor_chunk(base, manifest, (name, path), offset, Some(salt))?;
        Ok(SaltedProof { salt: of_chunk(&segment, proof.chunk.index), proof: Salted::TensorChunk(proof) })
    }

    /// Proves a chunk of a tensor, which has this name and perhaps path; the salt is that of its segment.
    fn tensor_chunk(
        base: &Path,
        manifest: &Manifest,
        (name, path): (&str, Option<&str>),
        offset: u64,
        salt: Option<&Salt>,
    ) -> Result<(TensorChunkProof, Hash), ProveError> {
        if manifest.salted != salt.is_some() {
            return Err(ProveError::Salt);
        }
        let proof = manifest.prove_tensor(name, path)?;
        let (salt, file, segment) = manifest.place_of(&proof, salt).ok_or_else(|| invalid(&proof.path))?;
        if offset >= segment.length {
            return Err(ProveError::BeyondEnd { path: name.to_owned(), offset });
        }
        let chunk = chunk_branch(base, file, segment, offset, salt)?;
        Ok((TensorChunkProof { tensor: proof, chunk }, salt.unwrap_or_default()))
    }

    /// The branch of the chunk with byte `within` of a segment, from the bytes on disk.
    fn chunk_branch(
        base: &Path,
        file: &File,
        segment: &Segment,
        within: u64,
        salt: Option<Hash>,
    ) -> Result<Branch, ProveError> {
        walk::safe(&file.path)?;
        let on_disk = walk::on_disk(base, base.is_file(), &file.path);
        let source = open(&file.path, &on_disk)?;
        let differs = || ProveError::Differs { path: file.path.clone() };
        if source.size() != file.size {
            return Err(differs());
        }

        let index = within.checked_div(CHUNK_LEN).unwrap_or_default();
        let chunks = chunk_count(segment.length);
        let hash = |range: Range<u64>| {
            subtree(&source, segment.offset, segment.length, range, salt).map_err(|error| unreadable(&file.path, error))
        };
        let leaf = hash(index..index.saturating_add(1))?;
        let mut siblings = Vec::new();
        let mut level = 0_u32;
        // One level after the other, until a subtree of the level holds them all.
        while let Some(width) = 1_u64.checked_shl(level).filter(|width| *width < chunks) {
            let start = (index >> level ^ 1) << level;
            if start < chunks {
                siblings.push(hash(start..start.saturating_add(width).min(chunks))?);
            }
            level = level.saturating_add(1);
        }
        // The bytes may have changed since the manifest was made; a proof that leads nowhere must not leave this house.
        if root_of_branch(leaf, index, chunks, &siblings) != Some(segment.chunk_root) {
            return Err(differs());
        }
        let siblings = siblings.try_into().map_err(|_| invalid(&file.path))?;
        Ok(Branch { index, siblings })
    }
}
