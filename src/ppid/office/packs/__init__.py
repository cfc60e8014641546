"""Evidence packs: many papers at once, with an index, for a monitor or for a judge."""
