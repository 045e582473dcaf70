//! Long computations beside an interpreter that stays awake: progress is passed on, and Ctrl-C ends them.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use llm_prevalence::progress::Progress;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often the interpreter is asked for signals.
const POLL: Duration = Duration::from_millis(50);

/// Hands steps to the interpreter's thread, and stops the computation at the next one after an interrupt.
struct Steps {
    sender: Mutex<Sender<String>>,
    is_interrupted: Arc<AtomicBool>,
}

/// What unwinds a computation that nobody waits for.
struct Interrupted;

impl Progress for Steps {
    fn step(&self, what: &str) {
        if self.is_interrupted.load(Ordering::Relaxed) {
            resume_unwind(Box::new(Interrupted));
        }
        if let Ok(sender) = self.sender.lock() {
            // Nobody listens any more where the interpreter was interrupted.
            let _ = sender.send(what.to_owned());
        }
    }
}

/// Runs a computation on a thread of its own without the interpreter's lock.
pub fn run<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<Py<PyAny>>,
    compute: impl FnOnce(&dyn Progress) -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, steps) = channel();
    let (done, result) = channel();
    let is_interrupted = Arc::new(AtomicBool::new(false));
    let reporter = Steps { sender: Mutex::new(sender), is_interrupted: Arc::clone(&is_interrupted) };
    std::thread::spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| compute(&reporter)));
        // After an interrupt nobody waits.
        let _ = done.send(outcome.ok());
    });
    let found = wait(py, &steps, &Mutex::new(result), progress.as_ref());
    if found.is_err() {
        is_interrupted.store(true, Ordering::Relaxed);
    }
    found?.ok_or_else(|| PyRuntimeError::new_err("the computation failed; the message above says where"))
}

fn wait<T: Send>(
    py: Python<'_>,
    steps: &Receiver<String>,
    result: &Mutex<Receiver<Option<T>>>,
    progress: Option<&Py<PyAny>>,
) -> PyResult<Option<T>> {
    loop {
        let waited = py.detach(|| match result.lock() {
            Ok(result) => result.recv_timeout(POLL),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        });
        while let (Ok(step), Some(progress)) = (steps.try_recv(), progress) {
            progress.call1(py, (step,))?;
        }
        match waited {
            Ok(found) => return Ok(found),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
        }
    }
}
