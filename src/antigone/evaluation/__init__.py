"""How well the comparison of faces works, measured: protocols, metrics, plots and reports; no Django."""
