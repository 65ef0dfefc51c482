"""Koordinerende enhet: which plans there are, which nobody coordinates, and who waits for a coordinator."""
