#![no_main]

use libfuzzer_sys::fuzz_target;
use llm_prevalence_fuzz::{silence_parsers, tar};

fuzz_target!(init: silence_parsers(), |data: &[u8]| {
    tar(data);
});
