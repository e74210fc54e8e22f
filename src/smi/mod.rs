//! (smi)
