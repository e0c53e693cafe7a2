"""Every indicator, one file each, in a folder for each topic."""
