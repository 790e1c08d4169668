//! The format once more, straight from `docs/manifest-format.md`: slow, recursive, with the `blake2` crate, sharing no code
//! with the crate it is compared to. It trusts its input (and panics on bad input); it is there to be obviously right.

#![allow(dead_code, clippy::all, clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]
#![allow(missing_docs, unreachable_pub)]

use blake2::{
    digest::{consts::U32, Mac},
    Blake2b, Blake2bMac, Digest,
};
use serde_json::Value;

pub type H = [u8; 32];

pub fn h(parts: &[&[u8]]) -> H {
    let mut hasher = Blake2b::<U32>::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// The same under a key.
pub fn keyed(key: &H, parts: &[&[u8]]) -> H {
    let mut hasher = <Blake2bMac<U32> as Mac>::new_from_slice(key).unwrap();
    parts.iter().for_each(|part| Mac::update(&mut hasher, part));
    Mac::finalize(hasher).into_bytes().into()
}

pub fn segment_salt(salt: &H, path: &str, index: u64) -> H {
    keyed(salt, &[&[0x0a], &text(path), &le64(index)])
}

pub fn chunk_salt(segment: &H, index: u64) -> H {
    keyed(segment, &[&[0x0b], &le64(index)])
}

fn salted_chunk_leaf(chunk: &[u8], salt: &H) -> H {
    h(&[&[0x00], &(chunk.len() as u32).to_le_bytes(), &keyed(salt, &[chunk])])
}

pub fn salted_chunk_root(bytes: &[u8], segment: &H) -> H {
    let mut chunks: Vec<&[u8]> = bytes.chunks(16_384).collect();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    let leaf = |(n, chunk): (usize, &&[u8])| salted_chunk_leaf(chunk, &chunk_salt(segment, n as u64));
    tree(&chunks.iter().enumerate().map(leaf).collect::<Vec<_>>())
}

fn le64(value: u64) -> [u8; 8] {
    value.to_le_bytes()
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat()
}

/// The largest power of two below `n`.
fn split(n: u64) -> u64 {
    let mut k = 1;
    while k * 2 < n {
        k *= 2;
    }
    k
}

pub fn tree(leaves: &[H]) -> H {
    match leaves {
        [] => h(&[&[0x02]]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
            h(&[&[0x01], &tree(left), &tree(right)])
        }
    }
}

/// The root that a branch leads to; siblings from the leaf upwards, so the last one belongs to the outermost split.
pub fn climb(leaf: H, index: u64, count: u64, siblings: &[H]) -> Option<H> {
    if index >= count {
        return None;
    }
    if count == 1 {
        return siblings.is_empty().then_some(leaf);
    }
    let (top, rest) = siblings.split_last()?;
    let k = split(count);
    Some(if index < k {
        h(&[&[0x01], &climb(leaf, index, k, rest)?, top])
    } else {
        h(&[&[0x01], top, &climb(leaf, index - k, count - k, rest)?])
    })
}

fn chunk_leaf(chunk: &[u8]) -> H {
    h(&[&[0x00], &(chunk.len() as u32).to_le_bytes(), &h(&[chunk])])
}

pub fn chunk_root(bytes: &[u8]) -> H {
    tree(&bytes.chunks(16_384).map(chunk_leaf).collect::<Vec<_>>())
}

#[derive(Clone, Debug, PartialEq)]
pub struct TensorInfo {
    pub name: String,
    pub dtype: String,
    pub shape: Vec<u64>,
}

#[derive(Clone, Debug)]
pub struct Seg {
    pub kind: u8,
    pub offset: u64,
    pub length: u64,
    pub tensor: Option<TensorInfo>,
}

pub fn segments(path: &str, bytes: &[u8]) -> Vec<Seg> {
    if path.ends_with(".safetensors") {
        safetensors(bytes)
    } else if path.ends_with(".gguf") {
        gguf(bytes)
    } else {
        vec![Seg { kind: 0, offset: 0, length: bytes.len() as u64, tensor: None }]
    }
}

fn safetensors(bytes: &[u8]) -> Vec<Seg> {
    let n = u64::from_le_bytes(bytes[..8].try_into().unwrap());
    let header: serde_json::Map<String, Value> = serde_json::from_slice(&bytes[8..8 + n as usize]).unwrap();
    let mut tensors: Vec<(u64, u64, TensorInfo)> = header
        .iter()
        .filter(|(name, _)| *name != "__metadata__")
        .map(|(name, value)| {
            let offsets = &value["data_offsets"];
            let info = TensorInfo {
                name: name.clone(),
                dtype: value["dtype"].as_str().unwrap().into(),
                shape: value["shape"].as_array().unwrap().iter().map(|d| d.as_u64().unwrap()).collect(),
            };
            (offsets[0].as_u64().unwrap(), offsets[1].as_u64().unwrap(), info)
        })
        .collect();
    tensors.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
    let mut all = vec![Seg { kind: 1, offset: 0, length: 8 + n, tensor: None }];
    all.extend(tensors.into_iter().map(|(from, to, tensor)| Seg {
        kind: 2,
        offset: 8 + n + from,
        length: to - from,
        tensor: Some(tensor),
    }));
    all
}

/// ggml's element types: number, name, elements in a block, bytes in a block.
pub const GGML_TYPES: [(u32, &str, u64, u64); 35] = [
    (0, "F32", 1, 4),
    (1, "F16", 1, 2),
    (2, "Q4_0", 32, 18),
    (3, "Q4_1", 32, 20),
    (6, "Q5_0", 32, 22),
    (7, "Q5_1", 32, 24),
    (8, "Q8_0", 32, 34),
    (9, "Q8_1", 32, 36),
    (10, "Q2_K", 256, 84),
    (11, "Q3_K", 256, 110),
    (12, "Q4_K", 256, 144),
    (13, "Q5_K", 256, 176),
    (14, "Q6_K", 256, 210),
    (15, "Q8_K", 256, 292),
    (16, "IQ2_XXS", 256, 66),
    (17, "IQ2_XS", 256, 74),
    (18, "IQ3_XXS", 256, 98),
    (19, "IQ1_S", 256, 50),
    (20, "IQ4_NL", 32, 18),
    (21, "IQ3_S", 256, 110),
    (22, "IQ2_S", 256, 82),
    (23, "IQ4_XS", 256, 136),
    (24, "I8", 1, 1),
    (25, "I16", 1, 2),
    (26, "I32", 1, 4),
    (27, "I64", 1, 8),
    (28, "F64", 1, 8),
    (29, "IQ1_M", 256, 56),
    (30, "BF16", 1, 2),
    (34, "TQ1_0", 256, 54),
    (35, "TQ2_0", 256, 66),
    (39, "MXFP4", 32, 17),
    (40, "NVFP4", 64, 36),
    (41, "Q1_0", 128, 18),
    (42, "Q2_0", 64, 18),
];

fn gguf(bytes: &[u8]) -> Vec<Seg> {
    struct R<'a>(&'a [u8], usize);
    impl R<'_> {
        fn bytes(&mut self, n: u64) -> Vec<u8> {
            self.1 += n as usize;
            self.0[self.1 - n as usize..self.1].to_vec()
        }
        fn u32(&mut self) -> u32 {
            u32::from_le_bytes(self.bytes(4).try_into().unwrap())
        }
        fn u64(&mut self) -> u64 {
            u64::from_le_bytes(self.bytes(8).try_into().unwrap())
        }
        fn string(&mut self) -> String {
            let n = self.u64();
            String::from_utf8(self.bytes(n)).unwrap()
        }
        fn value(&mut self, kind: u32) -> u64 {
            match kind {
                0 | 1 | 7 => self.bytes(1)[0].into(),
                2 | 3 => self.bytes(2)[0].into(),
                4..=6 => self.u32().into(),
                10..=12 => self.u64(),
                8 => {
                    self.string();
                    0
                }
                9 => {
                    let (kind, count) = (self.u32(), self.u64());
                    for _ in 0..count {
                        self.value(kind);
                    }
                    0
                }
                _ => panic!("type of value"),
            }
        }
    }
    let mut r = R(bytes, 8);
    let (tensor_count, value_count) = (r.u64(), r.u64());
    let mut alignment = 32;
    for _ in 0..value_count {
        let (key, kind) = (r.string(), r.u32());
        let value = r.value(kind);
        if key == "general.alignment" {
            alignment = value;
        }
    }
    let mut tensors = vec![];
    for _ in 0..tensor_count {
        let name = r.string();
        let dims = r.u32();
        let mut shape: Vec<u64> = (0..dims).map(|_| r.u64()).collect();
        shape.reverse();
        let number = r.u32();
        let known = GGML_TYPES.iter().find(|(known, ..)| *known == number);
        let (_, dtype, block, size) = *known.unwrap_or_else(|| panic!("the oracle does not know type {number}"));
        let length = shape.iter().product::<u64>() / block * size;
        tensors.push((r.u64(), length, TensorInfo { name, dtype: dtype.into(), shape }));
    }
    tensors.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
    let size = bytes.len() as u64;
    let mut end = (r.1 as u64).next_multiple_of(alignment).min(size);
    let data = end;
    let mut all = vec![Seg { kind: 1, offset: 0, length: end, tensor: None }];
    for (offset, length, tensor) in tensors {
        if data + offset > end {
            all.push(Seg { kind: 3, offset: end, length: data + offset - end, tensor: None });
        }
        all.push(Seg { kind: 2, offset: data + offset, length, tensor: Some(tensor) });
        end = data + offset + length;
    }
    if size > end {
        all.push(Seg { kind: 3, offset: end, length: size - end, tensor: None });
    }
    all
}

pub fn content_id(dtype: &str, shape: &[u64], length: u64, chunk_root: &H) -> H {
    let dims: Vec<u8> = shape.iter().flat_map(|dim| le64(*dim)).collect();
    let count = (shape.len() as u32).to_le_bytes();
    h(&[&[0x05], &text(dtype), &count, &dims, &le64(length), chunk_root])
}

#[derive(Clone, Debug)]
pub struct Tensor {
    pub name: String,
    pub path: String,
    pub content_id: H,
}

#[derive(Debug)]
pub struct Root {
    pub root: H,
    pub files_root: H,
    pub tensors_root: H,
    pub file_count: u64,
    pub tensor_count: u64,
    pub total_bytes: u64,
    pub tensors: Vec<Tensor>,
}

pub fn root(files: &[(String, Vec<u8>)]) -> Root {
    root_with(files, None)
}

pub fn root_with(files: &[(String, Vec<u8>)], salt: Option<&H>) -> Root {
    let mut files: Vec<_> = files.iter().collect();
    files.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    let mut tensors = vec![];
    let mut leaves = vec![];
    for (path, bytes) in &files {
        let mut segment_leaves = vec![];
        for (index, seg) in segments(path, bytes).into_iter().enumerate() {
            let piece = &bytes[seg.offset as usize..(seg.offset + seg.length) as usize];
            let mut content = match salt {
                None => chunk_root(piece),
                Some(salt) => salted_chunk_root(piece, &segment_salt(salt, path, index as u64)),
            };
            if let Some(TensorInfo { name, dtype, shape }) = seg.tensor {
                content = content_id(&dtype, &shape, seg.length, &content);
                tensors.push(Tensor { name, path: path.clone(), content_id: content });
            }
            segment_leaves.push(h(&[&[0x03, seg.kind], &le64(seg.offset), &le64(seg.length), &content]));
        }
        leaves.push(h(&[
            &[0x04],
            &text(path),
            &le64(bytes.len() as u64),
            &le64(segment_leaves.len() as u64),
            &tree(&segment_leaves),
        ]));
    }
    tensors.sort_by(|a, b| (a.name.as_bytes(), &a.path).cmp(&(b.name.as_bytes(), &b.path)));
    let tensor_leaves: Vec<H> = tensors
        .iter()
        .map(|tensor| h(&[&[0x06], &text(&tensor.name), &text(&tensor.path), &tensor.content_id]))
        .collect();
    let (files_root, tensors_root) = (tree(&leaves), tree(&tensor_leaves));
    let (file_count, tensor_count) = (leaves.len() as u64, tensors.len() as u64);
    let total_bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let flags = salt.is_some().into();
    let root = manifest_root(flags, &files_root, &tensors_root, file_count, tensor_count, total_bytes);
    Root { root, files_root, tensors_root, file_count, tensor_count, total_bytes, tensors }
}

fn manifest_root(flags: u8, files: &H, tensors: &H, file_count: u64, tensor_count: u64, total: u64) -> H {
    h(&[&[0x07, 1, flags], files, tensors, &le64(file_count), &le64(tensor_count), &le64(total)])
}

/// Checks a proof in its JSON form.
pub fn verify(proof: &Value, root: &H, chunk: Option<&[u8]>) -> bool {
    fn hash(value: &Value) -> H {
        hex::decode(&value.as_str().unwrap()[2..]).unwrap().try_into().unwrap()
    }
    fn up(branch: &Value, leaf: H, count: u64) -> Option<H> {
        let siblings: Vec<H> = branch["siblings"].as_array().unwrap().iter().map(hash).collect();
        climb(leaf, branch["index"].as_u64().unwrap(), count, &siblings)
    }
    fn string(value: &Value) -> &str {
        value.as_str().unwrap()
    }
    fn shape(value: &Value) -> Vec<u64> {
        value.as_array().unwrap().iter().map(|dim| dim.as_u64().unwrap()).collect()
    }
    fn summary(value: &Value, root: &H) -> bool {
        let number = |name: &str| value[name].as_u64().unwrap();
        number("version") == 1
            && number("flags") < 2
            && *root
                == manifest_root(
                    number("flags") as u8,
                    &hash(&value["filesRoot"]),
                    &hash(&value["tensorsRoot"]),
                    number("fileCount"),
                    number("tensorCount"),
                    number("totalBytes"),
                )
    }
    fn chunk_fits(branch: &Value, length: u64, root: H, chunk: &[u8], salt: Option<&H>) -> bool {
        let count = length.div_ceil(16_384);
        let index = branch["index"].as_u64().unwrap();
        index < count
            && chunk.len() as u64 == (length - index * 16_384).min(16_384)
            && up(branch, salt.map_or_else(|| chunk_leaf(chunk), |salt| salted_chunk_leaf(chunk, salt)), count)
                == Some(root)
    }
    fn tensor(proof: &Value, root: &H) -> bool {
        let id = content_id(
            string(&proof["dtype"]),
            &shape(&proof["shape"]),
            proof["length"].as_u64().unwrap(),
            &hash(&proof["chunkRoot"]),
        );
        let leaf = h(&[&[0x06], &text(string(&proof["name"])), &text(string(&proof["path"])), &id]);
        let tensors_root = up(&proof["tensor"], leaf, proof["summary"]["tensorCount"].as_u64().unwrap());
        summary(&proof["summary"], root) && tensors_root == Some(hash(&proof["summary"]["tensorsRoot"]))
    }
    fn absence(proof: &Value, root: &H) -> bool {
        let count = proof["summary"]["tensorCount"].as_u64().unwrap();
        let tensors_root = hash(&proof["summary"]["tensorsRoot"]);
        let place = |side: &Value| -> Option<u64> {
            let id = hash(&side["contentId"]);
            let leaf = h(&[&[0x06], &text(string(&side["name"])), &text(string(&side["path"])), &id]);
            let index = side["tensor"]["index"].as_u64().unwrap();
            (up(&side["tensor"], leaf, count) == Some(tensors_root)).then_some(index)
        };
        let (name, before, after) = (string(&proof["name"]), &proof["before"], &proof["after"]);
        let around = match (before.is_null(), after.is_null()) {
            (true, true) => count == 0 && tensors_root == tree(&[]),
            (false, true) => string(&before["name"]) < name && place(before).is_some_and(|index| index + 1 == count),
            (true, false) => name < string(&after["name"]) && place(after) == Some(0),
            (false, false) => {
                string(&before["name"]) < name
                    && name < string(&after["name"])
                    && place(before).is_some()
                    && place(before).map(|index| index + 1) == place(after)
            }
        };
        summary(&proof["summary"], root) && around
    }
    let (kind, proof) = proof.as_object().unwrap().iter().next().unwrap();
    if kind == "absence" {
        return absence(proof, root);
    }
    let (salt, kind, proof) = if kind == "salted" {
        let (kind, within) = proof["proof"].as_object().unwrap().iter().next().unwrap();
        (Some(hash(&proof["salt"])), kind, within)
    } else {
        (None, kind, proof)
    };
    let of = if kind == "tensorChunk" { &proof["tensor"] } else { proof };
    let salted = of["summary"]["flags"] == 1;
    if salted != salt.is_some() && (salt.is_some() || kind != "tensor") {
        return false;
    }
    let chunk_root = hash(if kind == "tensorChunk" { &proof["tensor"]["chunkRoot"] } else { &proof["chunkRoot"] });
    match kind.as_str() {
        "tensor" => tensor(proof, root),
        "tensorChunk" => {
            let length = proof["tensor"]["length"].as_u64().unwrap();
            tensor(&proof["tensor"], root)
                && chunk_fits(&proof["chunk"], length, chunk_root, chunk.unwrap(), salt.as_ref())
        }
        "chunk" => {
            let number = |name: &str| proof[name].as_u64().unwrap();
            let content = &proof["content"];
            let (kind, content) = match content.as_str() {
                Some("opaque") => (0, chunk_root),
                Some("header") => (1, chunk_root),
                Some("padding") => (3, chunk_root),
                _ => {
                    let (dtype, shape) = (string(&content["tensor"]["dtype"]), shape(&content["tensor"]["shape"]));
                    (2, content_id(dtype, &shape, number("length"), &chunk_root))
                }
            };
            let (offset, length) = (number("offset"), number("length"));
            let leaf = h(&[&[0x03, kind], &le64(offset), &le64(length), &content]);
            let count = number("segmentCount");
            let Some(segments_root) = up(&proof["segment"], leaf, count) else { return false };
            let size = le64(number("size"));
            let path = text(string(&proof["path"]));
            let leaf = h(&[&[0x04], &path, &size, &le64(count), &segments_root]);
            let files_root = up(&proof["file"], leaf, proof["summary"]["fileCount"].as_u64().unwrap());
            summary(&proof["summary"], root)
                && files_root == Some(hash(&proof["summary"]["filesRoot"]))
                && chunk_fits(&proof["chunk"], length, chunk_root, chunk.unwrap(), salt.as_ref())
        }
        _ => false,
    }
}

/// Deterministic bytes: BLAKE2b-256 of (seed, counter), one after the other.
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..).take(length.div_ceil(32)).flat_map(|n| h(&[&le64(seed), &le64(n)])).collect();
    bytes.truncate(length);
    bytes
}

/// A safetensors file of these tensors, their bytes from [`noise`].
pub fn safetensors_file(tensors: &[(&str, &str, &[u64], u64)]) -> Vec<u8> {
    let mut header = serde_json::Map::new();
    let mut data = vec![];
    for (n, (name, dtype, shape, length)) in tensors.iter().enumerate() {
        let from = data.len() as u64;
        data.extend(noise(n as u64, *length as usize));
        let entry = serde_json::json!({
            "dtype": dtype, "shape": shape, "data_offsets": [from, from + length],
        });
        header.insert((*name).into(), entry);
    }
    raw_safetensors(&serde_json::to_string(&header).unwrap(), &data)
}

/// A safetensors file of this header and data.
pub fn raw_safetensors(header: &str, data: &[u8]) -> Vec<u8> {
    [&le64(header.len() as u64)[..], header.as_bytes(), data].concat()
}

const KINDS: [&str; 4] = ["opaque", "header", "tensor", "padding"];

fn shown(hash: H) -> String {
    format!("0x{}", hex::encode(hash))
}

fn leaves(bytes: &[u8]) -> Vec<H> {
    bytes.chunks(16_384).map(chunk_leaf).collect()
}

/// A segment as the object that manifests and parts have for it, without hashes.
fn segment_json(seg: &Seg) -> Value {
    let mut json = serde_json::json!({
        "kind": KINDS[seg.kind as usize], "offset": seg.offset, "length": seg.length,
    });
    if let Some(TensorInfo { name, dtype, shape }) = &seg.tensor {
        json["name"] = name.as_str().into();
        json["dtype"] = dtype.as_str().into();
        json["shape"] = shape.clone().into();
    }
    json
}

fn piece_of<'a>(seg: &Seg, bytes: &'a [u8]) -> &'a [u8] {
    &bytes[seg.offset as usize..(seg.offset + seg.length) as usize]
}

fn file_json(path: &str, bytes: &[u8]) -> Value {
    let segments: Vec<Value> = segments(path, bytes)
        .iter()
        .map(|seg| {
            let mut json = segment_json(seg);
            json["chunkRoot"] = shown(chunk_root(piece_of(seg, bytes))).into();
            json
        })
        .collect();
    serde_json::json!({"path": path, "size": bytes.len(), "segments": segments})
}

fn layout(path: &str, bytes: &[u8]) -> H {
    let segs = segments(path, bytes);
    let mut all = [&[0x09][..], &text(path), &le64(bytes.len() as u64), &le64(segs.len() as u64)].concat();
    for seg in &segs {
        all.extend([&[seg.kind][..], &le64(seg.offset), &le64(seg.length)].concat());
        if let Some(TensorInfo { name, dtype, shape }) = &seg.tensor {
            all.extend([text(name), text(dtype), (shape.len() as u32).to_le_bytes().to_vec()].concat());
            all.extend(shape.iter().flat_map(|dim| le64(*dim)));
        }
    }
    if segs[0].kind == 1 {
        all.extend(chunk_root(piece_of(&segs[0], bytes)));
    }
    h(&[&all])
}

fn whole_json(files: &[(String, Vec<u8>)]) -> Value {
    let mut files: Vec<_> = files.iter().collect();
    files.sort();
    let listed: Vec<u8> =
        files.iter().flat_map(|(path, bytes)| [text(path), le64(bytes.len() as u64).to_vec()].concat()).collect();
    let listing = h(&[&[0x08], &le64(files.len() as u64), &listed]);
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    serde_json::json!({"listing": shown(listing), "files": files.len(), "bytes": bytes})
}

/// Where in a file it may be cut: where a chunk begins.
pub fn chunk_borders(path: &str, bytes: &[u8]) -> Vec<u64> {
    let segs = segments(path, bytes);
    let mut borders: Vec<u64> =
        segs.iter().flat_map(|seg| (0..seg.length.div_ceil(16_384)).map(|n| seg.offset + n * 16_384)).collect();
    borders.push(0);
    borders
}

/// Parts of sorted files, cut at these places (file, byte).
pub fn parts(files: &[(String, Vec<u8>)], mut cuts: Vec<(usize, u64)>) -> Vec<Value> {
    cuts.extend([(0, 0), (files.len(), 0)]);
    cuts.sort();
    let of = cuts.len() - 1;
    let part = |number: usize| {
        let (from, to) = (cuts[number], cuts[number + 1]);
        let (mut whole, mut pieces) = (vec![], vec![]);
        for (n, (path, bytes)) in files.iter().enumerate() {
            let begin = if n == from.0 { from.1 } else { 0 };
            let end = if n == to.0 { to.1 } else { bytes.len() as u64 };
            if n < from.0 || n > to.0 || (n == to.0 && begin == end) {
                continue;
            }
            if begin == 0 && n < to.0 {
                whole.push(file_json(path, bytes));
                continue;
            }
            let segments = segments(path, bytes);
            let here = segments.iter().enumerate().filter_map(|(index, seg)| {
                let (first, last) = (begin.max(seg.offset), end.min(seg.offset + seg.length));
                let is_here = if seg.length == 0 { begin < seg.offset && seg.offset <= end } else { first < last };
                is_here.then(|| {
                    let mut json = segment_json(seg);
                    json["index"] = index.into();
                    let leaves = leaves(piece_of(seg, bytes));
                    let (mut at, to) = ((first - seg.offset) / 16_384, (last - seg.offset).div_ceil(16_384));
                    let mut subtrees = vec![];
                    while at < to && seg.length > 0 {
                        let level =
                            (0..64).rev().find(|level| at % (1 << level) == 0 && at + (1 << level) <= to).unwrap();
                        let hash = tree(&leaves[at as usize..(at + (1 << level)) as usize]);
                        subtrees.push(serde_json::json!({"first": at, "level": level, "hash": shown(hash)}));
                        at += 1 << level;
                    }
                    json["subtrees"] = subtrees.into();
                    json
                })
            });
            let segments: Vec<Value> = here.collect();
            pieces.push(serde_json::json!({
                "path": path, "size": bytes.len(), "layout": shown(layout(path, bytes)), "segments": segments,
            }));
        }
        serde_json::json!({
            "format": "pedigree-manifest-part", "version": 1, "number": number + 1, "of": of,
            "whole": whole_json(files), "files": whole, "pieces": pieces,
        })
    };
    (0..of).map(part).collect()
}

/// Checks all that a part says of these files.
pub fn check_part(part: &Value, files: &[(String, Vec<u8>)]) {
    let bytes_of = |file: &Value| &files.iter().find(|(path, _)| file["path"] == path.as_str()).unwrap().1;
    assert_eq!(part["whole"], whole_json(files));
    for file in part["files"].as_array().unwrap() {
        assert_eq!(*file, file_json(file["path"].as_str().unwrap(), bytes_of(file)));
    }
    for piece in part["pieces"].as_array().unwrap() {
        let (path, bytes) = (piece["path"].as_str().unwrap(), bytes_of(piece));
        assert_eq!((&piece["size"], &piece["layout"]), (&bytes.len().into(), &shown(layout(path, bytes)).into()));
        let segments = segments(path, bytes);
        for segment in piece["segments"].as_array().unwrap() {
            let seg = &segments[segment["index"].as_u64().unwrap() as usize];
            let leaves = leaves(piece_of(seg, bytes));
            let mut stated = segment.clone();
            stated.as_object_mut().unwrap().remove("index");
            stated.as_object_mut().unwrap().remove("subtrees");
            assert_eq!(stated, segment_json(seg));
            for subtree in segment["subtrees"].as_array().unwrap() {
                let (first, level) = (subtree["first"].as_u64().unwrap(), subtree["level"].as_u64().unwrap());
                assert_eq!(first % (1 << level), 0);
                let to = leaves.len().min((first + (1 << level)) as usize);
                assert_eq!(subtree["hash"], shown(tree(&leaves[first as usize..to])));
            }
        }
    }
}
