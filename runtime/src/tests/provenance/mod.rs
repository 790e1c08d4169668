//! Namespaces, records, releases, parents, terms and royalties, as their users meet them.

mod access;
mod catalogue;
mod holder;
mod moving;
mod register;
mod royalties;
mod terms;
mod world;
mod yank;
