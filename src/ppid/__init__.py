"""SIP PPID: exempt information (informasi yang dikecualikan) by a public body's own SOP."""
