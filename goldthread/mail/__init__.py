"""Letters: what is sent by email, kept until it has gone, and who wants what."""
