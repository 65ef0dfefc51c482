"""Who coordinates a plan: handing over the baton, standing in, and what a coordinator is asked to see to."""
