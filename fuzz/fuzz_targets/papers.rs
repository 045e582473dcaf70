#![no_main]

use libfuzzer_sys::fuzz_target;
use llm_prevalence_fuzz::{papers, silence_parsers};

fuzz_target!(init: silence_parsers(), |data: &[u8]| {
    papers(data);
});
