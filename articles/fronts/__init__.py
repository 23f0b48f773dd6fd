"""Fronts: what editors place where, by hand and by rule, and what stood there at any minute."""
