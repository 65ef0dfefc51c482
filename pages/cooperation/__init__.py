"""Working together: what each contributes, and the services around the plan (the statute's fourth and ninth points)."""
