//! How far work has come, on a terminal, where it takes over a second.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// From when on it is shown.
const AFTER: Duration = Duration::from_secs(1);

/// The bar of one piece of work.
pub struct Progress {
    began: Instant,
    total: usize,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins work on so many things.
    pub fn new(total: usize) -> Progress {
        Progress { began: Instant::now(), total, bar: None }
    }

    /// Notes how many are done.
    pub fn at(&mut self, done: usize) {
        // The clock is not asked for each of them.
        if !done.is_multiple_of(256) || self.bar.is_none() && self.began.elapsed() < AFTER {
            return;
        }
        let total = self.total as u64;
        self.bar.get_or_insert_with(|| ProgressBar::new(total)).set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
