//! Compresses the references that are compiled in: their text is three times as large as what it says.

use std::path::Path;
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::ZlibEncoder;

const REFERENCES: [&str; 2] = ["reviews", "abstracts"];

fn main() -> io::Result<()> {
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    for name in REFERENCES {
        let path = format!("corpora/{name}.reference.json");
        println!("cargo::rerun-if-changed={path}");
        let mut compressed = ZlibEncoder::new(Vec::new(), Compression::best());
        io::Write::write_all(&mut compressed, &fs::read(&path)?)?;
        fs::write(Path::new(&folder).join(format!("{name}.zz")), compressed.finish()?)?;
    }
    Ok(())
}
