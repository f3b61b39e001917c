"""What the record becomes: one file per output, none of which knows another."""
