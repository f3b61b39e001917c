"""Where entries come from: one package or file a place, and none knows another."""
