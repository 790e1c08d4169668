//! What `scripts/bench-proof` runs in Wasm: the host writes a proof into `buffer`, and asks how often it is good.

#![no_std]

use core::{hint::black_box, ptr::addr_of_mut, slice};
use pedigree_manifest::Proof;

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

const ROOM: usize = 1 << 16;
static mut BUFFER: [u8; ROOM] = [0; ROOM];

/// Where the host writes the proof, in the form of `Proof::to_bytes`.
#[no_mangle]
pub extern "C" fn buffer() -> *mut u8 {
    addr_of_mut!(BUFFER).cast()
}

/// Decodes the proof of `length` bytes once and verifies it `times` times. Returns how often it was good.
#[no_mangle]
pub extern "C" fn verify(length: usize, times: u32) -> u32 {
    // SAFETY: Wasm of one thread, and the host does not write while it waits for the answer.
    let bytes = unsafe { slice::from_raw_parts(buffer(), length.min(ROOM)) };
    let Ok(Proof::Tensor(proof)) = Proof::from_bytes(bytes) else { return 0 };
    let root = proof.summary.root();
    (0..times).filter(|_| black_box(&proof).verify(black_box(&root)).is_ok()).count() as u32
}
