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

# Make a report that reports/build knows; LLM_PREVALENCE_DATA names the data
report NAME:
    reports/build "${LLM_PREVALENCE_DATA:?set it to the folder that docs/data.md describes}" "{{ NAME }}"

# Write the index of the reports, reports/README.md, from what they say
index:
    reports/index

# Build the book into target/book, and check the links of all documents
docs:
    mdbook build docs
    docs/check-links

# Check the workflows with actionlint, where it is installed
actionlint:
    @if command -v actionlint > /dev/null; then actionlint; else echo "SKIPPED: install actionlint (https://github.com/rhysd/actionlint)"; fi
