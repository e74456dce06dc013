//! What the benchmarks share. They are a package of their own so that `cargo test` builds none of it.
