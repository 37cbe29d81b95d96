"""What every page stands in: address, language, library, work in the background, widgets."""
