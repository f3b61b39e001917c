"""What is on record, as data: kinds, entries and their parts, people and components."""
