"""One worker of the typesetter: a program of its own, which imports the words and no more, as builds start many."""
