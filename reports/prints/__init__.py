"""Paper: what leaves the house as a PDF."""
