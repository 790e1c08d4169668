//! A node whose runtime is of another version: a real one, behind something that changes a word in all it says.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};

use crate::rpc::Rpc;

/// A server that passes everything on, but for one word in what a node answers in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct OtherRuntime {
    port: u16,
}

impl OtherRuntime {
    /// That node, with a name in its metadata changed to another of the same length.
    pub fn of(node: Rpc, name: &str, changed: &str) -> Self {
        assert_eq!(name.len(), changed.len(), "lengths that are sent before it would be wrong");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = listener.local_addr().expect("it listens").port();
        let (from, to) = (hex::encode(name).into_bytes(), hex::encode(changed).into_bytes());
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let server = TcpStream::connect((Ipv4Addr::LOCALHOST, node.port()));
                // Whoever is at the other end notices when it is gone.
                if let (Ok(client), Ok(server)) = (client, server) {
                    let pair = || Ok::<_, std::io::Error>((client.try_clone()?, server.try_clone()?));
                    if let (Ok((mut up, mut node)), Ok((mut down, mut answers))) = (pair(), pair()) {
                        let (from, to) = (from.clone(), to.clone());
                        std::thread::spawn(move || {
                            let _ = std::io::copy(&mut up, &mut node);
                            let _ = node.shutdown(Shutdown::Both);
                        });
                        std::thread::spawn(move || {
                            let _ = pass_on(&mut answers, &mut down, &from, &to);
                            let _ = down.shutdown(Shutdown::Both);
                        });
                    }
                }
            }
        });
        Self { port }
    }

    /// The address that `pedigree` is given.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }
}

/// Copies a stream, with every `from` replaced by `to`, however it is cut into pieces.
fn pass_on(source: &mut impl Read, sink: &mut impl Write, from: &[u8], to: &[u8]) -> std::io::Result<()> {
    let mut buffer = vec![0u8; 64 * 1024];
    let mut kept: Vec<u8> = Vec::new();
    loop {
        let length = source.read(&mut buffer)?;
        if length == 0 {
            return sink.write_all(&kept);
        }
        kept.extend_from_slice(&buffer[..length]);
        while let Some(place) = kept.windows(from.len()).position(|window| window == from) {
            kept[place..place + from.len()].copy_from_slice(to);
        }
        // What may be the beginning of another one waits for the rest.
        let waits = (1..from.len()).rev().find(|length| kept.ends_with(&from[..*length])).unwrap_or(0);
        let rest = kept.split_off(kept.len() - waits);
        sink.write_all(&kept)?;
        kept = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of three.
    struct Pieces<'a>(&'a [u8]);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = self.0.len().min(3);
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[test]
    fn a_word_is_changed_wherever_the_stream_is_cut() {
        let mut changed = Vec::new();
        pass_on(&mut Pieces(b"pallet, palpallet, pal"), &mut changed, b"pallet", b"PALLET").unwrap();
        assert_eq!(String::from_utf8(changed).unwrap(), "PALLET, palPALLET, pal");
    }
}
