"""What the editor of scenarios says, and a request as an address."""
