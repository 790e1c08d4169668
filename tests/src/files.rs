//! Small, real models and datasets.

use std::fs;
use std::path::Path;

use serde_json::{json, Map, Value};

/// A tensor of 32-bit floats, and where its bytes are filled from.
#[derive(Clone, Copy, Debug)]
pub struct Tensor {
    /// Its name.
    pub name: &'static str,
    /// Its shape.
    pub shape: &'static [usize],
    /// Tensors of different seeds have different bytes.
    pub seed: u8,
}

impl Tensor {
    fn length(&self) -> usize {
        self.shape.iter().product::<usize>() * 4
    }
}

/// The tensors of a very small transformer. Two of them are longer than a chunk.
pub const MODEL: [Tensor; 4] = [
    Tensor { name: "embeddings.weight", shape: &[128, 64], seed: 1 },
    Tensor { name: "encoder.layer.0.attention.weight", shape: &[64, 64], seed: 2 },
    Tensor { name: "encoder.layer.0.attention.bias", shape: &[64], seed: 3 },
    Tensor { name: "encoder.layer.0.output.weight", shape: &[96, 64], seed: 4 },
];

/// A safetensors file.
pub fn safetensors(tensors: &[Tensor]) -> Vec<u8> {
    let mut header = Map::new();
    let mut data = Vec::new();
    for tensor in tensors {
        let begin = data.len();
        let mut state = u32::from(tensor.seed).wrapping_mul(0x9e37_79b9).wrapping_add(1);
        for _ in 0..tensor.length() {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            data.push(state.to_le_bytes()[0]);
        }
        let entry = json!({ "dtype": "F32", "shape": tensor.shape, "data_offsets": [begin, data.len()] });
        header.insert(tensor.name.to_owned(), entry);
    }
    let mut header = Value::Object(header).to_string().into_bytes();
    while !header.len().is_multiple_of(8) {
        header.push(b' ');
    }
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend_from_slice(&header);
    file.extend_from_slice(&data);
    file
}

/// Writes a model's folder: weights, configuration, card.
pub fn write_model(folder: &Path, name: &str, tensors: &[Tensor]) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let config = json!({ "model_type": "bert", "_name_or_path": name, "hidden_size": 64 });
    fs::write(folder.join("config.json"), config.to_string()).expect("the folder is ours");
    fs::write(folder.join("README.md"), format!("# {name}\n\nA test's model.\n")).expect("the folder is ours");
    fs::write(folder.join("model.safetensors"), safetensors(tensors)).expect("the folder is ours");
}

/// Writes a dataset's folder: lines of JSON and a card.
pub fn write_dataset(folder: &Path, name: &str) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let lines: Vec<String> =
        (0..50).map(|index| json!({ "id": index, "text": format!("{name} {index}") }).to_string()).collect();
    fs::write(folder.join("train.jsonl"), lines.join("\n") + "\n").expect("the folder is ours");
    fs::write(folder.join("README.md"), format!("# {name}\n\nA test's dataset.\n")).expect("the folder is ours");
}

/// Copies a folder of files.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        fs::copy(&path, to.join(path.file_name().expect("a file has a name"))).expect("the file can be copied");
    }
}

/// Changes one bit in the middle of a tensor.
pub fn flip(file: &Path, tensor: &str) {
    let mut bytes = fs::read(file).expect("the file is there");
    let length = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"));
    let begin = 8 + usize::try_from(length).expect("a header fits into memory");
    let header: Value = serde_json::from_slice(&bytes[8..begin]).expect("the header is JSON");
    let offsets = &header[tensor]["data_offsets"];
    let offset =
        |index: usize| usize::try_from(offsets[index].as_u64().expect("there is such a tensor")).expect("it fits");
    bytes[begin + (offset(0) + offset(1)) / 2] ^= 1;
    fs::write(file, bytes).expect("the file is ours");
}
