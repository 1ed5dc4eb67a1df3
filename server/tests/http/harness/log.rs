use std::{
    cell::RefCell,
    io::Write,
    sync::{Arc, Mutex, Once},
};
use tracing_subscriber::{
    filter::dynamic_filter_fn, fmt, layer::SubscriberExt as _, prelude::*, registry,
};

thread_local! {
    /// Where what is logged on this thread goes, while it is watched.
    static WATCHED: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Everything that is logged on this thread while it is watched.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

/// Ends watching when it is dropped.
pub struct Watch;

impl Log {
    /// Watches until what it gives is dropped.
    pub fn watch(&self) -> Watch {
        // One subscriber for all threads: whether a line is wanted is remembered for the process, so
        // that of a thread's own one, lines would be lost that another thread was first to log.
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(|| {
            let watched = dynamic_filter_fn(|_, _| WATCHED.with_borrow(Option::is_some));
            let lines = fmt::layer().json().with_writer(Log::here).with_filter(watched);
            tracing::subscriber::set_global_default(registry().with(lines)).unwrap();
        });
        WATCHED.set(Some(self.clone()));
        Watch
    }

    fn here() -> Log {
        WATCHED.with_borrow(Clone::clone).unwrap_or_default()
    }

    /// What was logged since this was asked last.
    pub fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHED.set(None);
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
