"""The ways out of the house for notices."""
