"""How sure a figure is, and whether it says more than chance: intervals, funnels, control charts."""
