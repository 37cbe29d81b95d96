"""What a plan costs, and who pays."""
