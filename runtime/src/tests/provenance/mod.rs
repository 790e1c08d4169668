//! Namespaces, records, releases, parents, terms, royalties and payments, as their users meet them.

mod access;
mod catalogue;
mod economy;
mod holder;
mod lineage;
mod moving;
mod payouts;
mod register;
mod royalties;
mod search;
mod sources;
mod sponsorship;
mod standing;
mod terms;
mod world;
mod yank;
