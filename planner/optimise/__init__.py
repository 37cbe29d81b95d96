"""Instance and request -> plans with what was proved about them."""
