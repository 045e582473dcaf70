# Shortcuts; `just` lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

_default:
    @just --list

# Check everything that has to pass before a change lands
check:
    .ci/run

# Run the tests that need no data
test *ARGUMENTS:
    cargo test --locked {{ ARGUMENTS }}

# Make a report: unseen, or one that reports/build knows; LLM_PREVALENCE_DATA names the data
report NAME:
    #!/usr/bin/env bash
    set -euo pipefail
    data="${LLM_PREVALENCE_DATA:?set it to the folder that docs/data.md describes}"
    if [ "{{ NAME }}" != unseen ]; then
        reports/build "$data" "{{ NAME }}"
    else
        cargo bench --locked --bench unseen > reports/unseen.md.new
        mv reports/unseen.md.new reports/unseen.md
        python3 reports/index
    fi

# Write the index of the reports, reports/README.md, from what they say
index:
    reports/index

# Build the book into target/book, and check the links of all documents
docs:
    mdbook build docs
    docs/check-links
