"""Every read of the pages: what is shown, worked out from the tables for one person on one day."""
