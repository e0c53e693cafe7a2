"""England beside an authority: published figures, later releases of the DfE, statistical neighbours."""
