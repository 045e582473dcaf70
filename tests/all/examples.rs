//! The programs in `examples`, which show the library, run.

#[path = "../../examples/control.rs"]
mod control;
#[path = "../../examples/fit.rs"]
mod fit;
#[path = "../../examples/groups.rs"]
mod groups;
#[path = "../../examples/score_elsewhere.rs"]
mod score_elsewhere;
#[path = "../../examples/share.rs"]
mod share;

#[test]
fn every_example_runs() {
    for (name, run) in [
        ("control", control::main as fn() -> Result<(), Box<dyn std::error::Error>>),
        ("fit", fit::main),
        ("groups", groups::main),
        ("score_elsewhere", score_elsewhere::main),
        ("share", share::main),
    ] {
        run().unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
