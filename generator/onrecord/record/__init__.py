"""The record as a value, and the questions that pages ask of it."""
