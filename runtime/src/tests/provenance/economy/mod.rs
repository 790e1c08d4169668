//! Subnets, stake and emission, as their users meet them.

mod emission;
mod epoch;
mod scoring;
mod stake;
mod subnets;
mod town;
mod views;
