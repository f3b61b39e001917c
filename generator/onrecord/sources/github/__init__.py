"""What the sources that read a GitHub repository share."""
