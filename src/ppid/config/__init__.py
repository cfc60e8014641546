"""How a process of SIP PPID is set up: settings, addresses, the database driver."""
