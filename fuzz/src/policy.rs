//! The policy file of `check`.

use llm_prevalence::check::PolicyError;
use llm_prevalence::cli::policy_of;

use super::reading::{check_message, with_file};

/// A file makes a policy, or an error that names the file; what is wrong with a whole policy is said of its keys.
pub fn policy(data: &[u8]) -> bool {
    let made = with_file("fuzzed.toml", data, policy_of);
    match &made {
        Ok(policy) => {
            let settings = policy.settings();
            assert!((0.5..1.0).contains(&settings.level) && settings.min_documents > 0);
            assert!(settings.max.is_some() || settings.max_increase.is_some());
        }
        Err(error) if error.is::<PolicyError>() => {}
        Err(error) => check_message("fuzzed.toml", &format!("{error:#}")),
    }
    made.is_ok()
}
