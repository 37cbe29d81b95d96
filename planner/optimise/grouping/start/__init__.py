"""First plans, before any program is solved."""
