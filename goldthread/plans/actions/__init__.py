"""Every write of plans that matters, one verb each."""
