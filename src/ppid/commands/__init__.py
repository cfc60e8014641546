"""One module per command of `ppid`, imported only when the command is used."""
