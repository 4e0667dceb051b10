//! Korean particles, chosen by how the word before them is read aloud.
