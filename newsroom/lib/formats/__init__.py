"""How dates are printed where Django chooses: its own English is American."""
