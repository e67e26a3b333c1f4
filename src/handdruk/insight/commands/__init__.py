"""Everything insight writes: the ledger, the drawing of audits, labels, and the brake."""
