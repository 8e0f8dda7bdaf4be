"""PDF files out: accessible (PDF/UA-1), the same bytes for the same words."""
