//! The program. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    hanulgil::cli::main(std::env::args_os())
}
