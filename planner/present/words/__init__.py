"""Every word that planners and councils read, in three languages."""
