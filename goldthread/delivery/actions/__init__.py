"""Every write of delivery, one module a subject."""
