//! What `tests/wasm.rs` and `scripts/bench-yuma` run in Wasm: the host asks for room, writes a case there, and gets what it
//! comes to.

#![no_std]

// The tests use the rest of it.
#[allow(dead_code)]
mod case;

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
    hint::black_box,
    ptr, slice,
};

/// Hands out memory from bottom to top, and takes it back all at once: enough for who is asked one thing at a time.
struct Bump {
    next: Cell<usize>,
}

const PAGE: usize = 1 << 16;

// SAFETY: there is one thread.
unsafe impl Sync for Bump {}

// SAFETY: each piece begins where the one before ended, or later, and lies in memory that was asked for.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.next.get().next_multiple_of(layout.align());
        let Some(end) = start.checked_add(layout.size()) else { return ptr::null_mut() };
        let pages = end.div_ceil(PAGE).saturating_sub(core::arch::wasm32::memory_size(0));
        if pages > 0 && core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
            return ptr::null_mut();
        }
        self.next.set(end);
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static BUMP: Bump = Bump { next: Cell::new(0) };

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

extern "C" {
    /// Where the linker's own data ends.
    static __heap_base: u8;
}

/// Forgets everything, and returns where the host may write `length` bytes.
#[no_mangle]
pub extern "C" fn room(length: usize) -> *mut u8 {
    BUMP.next.set(&raw const __heap_base as usize);
    // SAFETY: of whatever alignment, and not of size zero.
    unsafe { BUMP.alloc(Layout::array::<u8>(length.max(1)).unwrap()) }
}

/// Computes the case in the `length` bytes at `start`, `times` times. Returns where the result is: its length, then its bytes.
///
/// # Safety
///
/// `start` and `length` are those of `room`.
#[no_mangle]
pub unsafe extern "C" fn run(start: *const u8, length: usize, times: u32) -> *const u8 {
    // SAFETY: as said above.
    let case = case::Case::from_bytes(unsafe { slice::from_raw_parts(start, length) });
    let before = BUMP.next.get();
    for _ in 1..times {
        let _ = black_box(case.run());
        BUMP.next.set(before);
    }
    let bytes = case::to_bytes(&case.run());
    let mut result = (bytes.len() as u32).to_le_bytes().to_vec();
    result.extend(bytes);
    result.leak().as_ptr()
}
