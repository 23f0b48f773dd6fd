"""The demo paper, for what a device is told of a whole one."""
