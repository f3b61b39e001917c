"""The log on disk: what the machine pulled and what people wrote, to checked values and back."""
