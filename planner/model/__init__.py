"""Tables -> aligned, labelled quantities of one region."""
