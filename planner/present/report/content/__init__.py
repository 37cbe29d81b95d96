"""What the case document says, a chapter a module."""
