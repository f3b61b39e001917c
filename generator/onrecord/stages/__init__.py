"""What each verb does: one verb, one file. The world (disk, clock, network) is passed in."""
