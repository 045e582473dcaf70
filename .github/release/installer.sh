#!/bin/sh
# Installs llm-prevalence: downloads the archive of this platform, compares its SHA-256, and copies the tool.
#
#     sh llm-prevalence-installer.sh [FOLDER]      default: $HOME/.local/bin
#
# LLM_PREVALENCE_TARGET names another platform, such as x86_64-unknown-linux-musl.
set -eu

tag="@TAG@"
repository="@REPOSITORY@"
folder="${1:-$HOME/.local/bin}"

fail() {
    echo "llm-prevalence is not installed: $1" >&2
    exit 1
}

# Prints the target of this machine; Linux without glibc 2.35 gets the static one.
target() {
    case "$(uname -s) $(uname -m)" in
        "Darwin arm64") echo aarch64-apple-darwin ;;
        "Darwin x86_64") echo x86_64-apple-darwin ;;
        "Linux aarch64" | "Linux arm64") echo aarch64-unknown-linux-gnu ;;
        "Linux x86_64" | "Linux amd64")
            glibc="$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //' || true)"
            newest="$(printf '%s\n2.35\n' "${glibc:-0}" | sort -t . -k 1,1n -k 2,2n | tail -n 1)"
            if [ -n "$glibc" ] && [ "$newest" = "$glibc" ]; then
                echo x86_64-unknown-linux-gnu
            else
                echo x86_64-unknown-linux-musl
            fi
            ;;
        *) fail "there is no binary for $(uname -s) $(uname -m) [cargo install --locked llm-prevalence]" ;;
    esac
}

download() {
    if command -v curl >/dev/null 2>&1; then
        curl --proto '=https' --tlsv1.2 -fsSL "$1" -o "$2"
    elif command -v wget >/dev/null 2>&1; then
        wget -q "$1" -O "$2"
    else
        fail "neither curl nor wget is there"
    fi
}

checksum() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum "$1"
    elif command -v shasum >/dev/null 2>&1; then
        shasum -a 256 "$1"
    else
        fail "neither sha256sum nor shasum is there"
    fi | cut -d ' ' -f 1
}

target="${LLM_PREVALENCE_TARGET:-$(target)}"
archive="llm-prevalence-$target.tar.gz"
address="https://github.com/$repository/releases/download/$tag"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

echo "llm-prevalence $tag for $target"
download "$address/$archive" "$work/$archive" || fail "$address/$archive cannot be downloaded"
download "$address/$archive.sha256" "$work/sha256" || fail "$address/$archive.sha256 cannot be downloaded"
[ "$(checksum "$work/$archive")" = "$(cut -d ' ' -f 1 "$work/sha256")" ] || fail "the checksum of $archive is another"
tar -xzf "$work/$archive" -C "$work"
mkdir -p "$folder"
cp "$work/llm-prevalence-$target/llm-prevalence" "$folder/llm-prevalence.new"
chmod 755 "$folder/llm-prevalence.new"
mv "$folder/llm-prevalence.new" "$folder/llm-prevalence"
echo "installed: $folder/llm-prevalence"
case ":$PATH:" in
    *":$folder:"*) ;;
    *) echo "$folder is not in PATH" ;;
esac
