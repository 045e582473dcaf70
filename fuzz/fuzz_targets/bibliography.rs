#![no_main]

use libfuzzer_sys::fuzz_target;
use llm_prevalence_fuzz::{bibliography, silence_parsers};

fuzz_target!(init: silence_parsers(), |data: &[u8]| {
    bibliography(data);
});
