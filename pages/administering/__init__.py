"""«Administrer planen» beyond its first page (`pages.plans.settings`): facts, parts, kind, ending and deleting it."""
