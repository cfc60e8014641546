"""How the office does it: SOPs as data. Pure; depends on nothing but `ppid.law`."""
